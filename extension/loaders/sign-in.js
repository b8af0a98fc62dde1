// The shop's page for signing in: nothing is loaded unless a claim was beside a form within the last two hours. Then it is said that it is safe.
chrome.storage.local.get('claim-shown').then((kept) => {
  if (Date.now() - kept['claim-shown'] < 7_200_000) window.recourseLoad?.('form').then((form) => form.attend_sign_in());
});
