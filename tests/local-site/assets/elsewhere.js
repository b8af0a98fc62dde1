// Wherever a link leads that the demo has no page for.

import { el, listLink, start } from './shared.js';

// Where the shop asks who one is, it asks for nothing that the demo would know.
const ask = (question, type) => el('label.form-row', {}, el('span', {}, question), el('input', { type }));

start('page', ({ words }, content) => {
  if (location.hostname.startsWith('login.')) {
    content.append(el('div.case', {}, el('h1', {}, 'Sign in'), ask('E-mail', 'email'), ask('Password', 'password'), el('button.comet-btn', { type: 'button' }, 'Sign in')));
    return;
  }
  content.append(
    el('div.order-empty', {}, el('h1', {}, words.elsewhere), el('p', {}, words.elsewhere_note), el('a', { href: listLink() }, words.back)),
  );
});
