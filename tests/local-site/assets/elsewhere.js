// Wherever a link leads that the demo has no page for.

import { el, listLink, start } from './shared.js';

start('page', ({ words }, content) => {
  content.append(
    el('div.order-empty', {}, el('h1', {}, words.elsewhere), el('p', {}, words.elsewhere_note), el('a', { href: listLink() }, words.back)),
  );
});
