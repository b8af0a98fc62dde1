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
  const ahead = { changed, [keys]: chrome.storage.local.get(keys) };
  window.recourseAhead = ahead;
  // Of a file its text, so that nothing of it is on its way any more when it is asked for.
  const read = (file) => {
    const text = fetch(chrome.runtime.getURL(file)).then((response) => response.text());
    return text.then(() => ({ text: () => text }));
  };
  for (const file of files) ahead[file] ??= read(file);
  // The orders with which the list began the last time, and the newest.
  const orders = async () => {
    const { front = '', index = '' } = await ahead[keys];
    const first = front.split(',').filter(Boolean);
    const newest = index.split(',').filter((id) => id && !first.includes(id));
    const wanted = [...first.slice(0, 40), ...newest.slice(0, 20)].map((id) => `order:${id}`);
    if (wanted.length > 0) ahead[wanted] = chrome.storage.local.get(wanted);
  };
  // What is wrong with the storage is told by who asks for it.
  orders().catch(() => {});
}
