// Starts the module of the extension's own pages; which page it is, the module reads from the document. What every page asks for
// first is begun while the module is fetched and compiled: of texts those of the browser's language.
import start from '../dashboard/dashboard.js';

const languages = 'en ar cs de es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const language = languages.find((known) => chrome.i18n.getUILanguage().startsWith(known)) ?? 'en';
const texts = `texts/dashboard/${language}.txt`;
window.recourseAhead = { [texts]: fetch(chrome.runtime.getURL(texts)) };
for (const key of ['settings', 'doubt']) window.recourseAhead[key] = chrome.storage.local.get([key]);
start();
