// The order list: its program starts by itself, and loads the one about one order when the user turns to a badge. What it
// asks for first is begun while it is fetched and compiled itself: of texts and languages the most likely ones.
if (window.recourseLoad) {
  window.recourseLoad('content');
  const keys = ['settings', 'index', 'front', 'doubt', 'date-check-progress'];
  const declared = document.documentElement?.lang ?? '';
  const languages = 'en ar cs de es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
  const language = languages.find((known) => declared.startsWith(known)) ?? 'en';
  const files = ['look/content.css', `texts/content/${language}.txt`, `languages/${language}.txt`, 'languages/en.txt'];
  const heard = [];
  const hear = (changes) => heard.push(...Object.keys(changes));
  const changed = () => {
    chrome.storage.local.onChanged.removeListener(hear);
    return heard;
  };
  chrome.storage.local.onChanged.addListener(hear);
  window.recourseAhead = { changed, [keys]: chrome.storage.local.get(keys) };
  for (const file of files) window.recourseAhead[file] ??= fetch(chrome.runtime.getURL(file));
}
