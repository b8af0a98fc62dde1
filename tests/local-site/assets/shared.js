// What every page of the local site shares: elements, links that carry the switches on, and the frame around the content.

let site = { renamed: false, broken: false };

// FNV-1a in base 36, as `hashed` in views.rs does for the style sheet.
function hashed(name) {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return 'c' + hash.toString(36);
}

export function className(names) {
  return site.renamed ? names.split(' ').map(hashed).join(' ') : names;
}

// `names` is "tag.class class": el('a.order-item order-item-mobile', { href }, child, 'text').
export function el(names, attributes = {}, ...children) {
  const dot = names.indexOf('.');
  const node = document.createElement(dot < 0 ? names : names.slice(0, dot));
  if (dot > 0) node.className = className(names.slice(dot + 1));
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'data-pl' && site.broken) node.dataset.pl = hashed(value);
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const switches = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => name.startsWith('demo-')));

// The page's own parameters first, then the switches of this page.
export function link(path, parameters = {}) {
  if (site.broken && (parameters.orderId || parameters.tradeOrderId)) return '/o';
  const query = [new URLSearchParams(parameters).toString(), switches.toString()].filter(Boolean).join('&');
  return query ? `${path}?${query}` : path;
}

export const listLink = () => (document.documentElement.dataset.layout === 'old' ? link('/orderList.htm') : link('/p/order/index.html'));

// A price is one span per character.
export function price(text) {
  return el('div.es--wrap--1Hlfkoj notranslate', {}, [...text].map((letter) => el('span.es--char--1Z3wUdt', {}, letter)));
}

export function picture(names, image, attributes = {}) {
  const node = el(names, attributes);
  node.style.backgroundImage = `url(${image})`;
  return node;
}

export function copyable(id, words) {
  const copy = (event) => {
    event.preventDefault();
    navigator.clipboard?.writeText(id).catch(() => {});
  };
  return el('span.order-item-header-right-copy', { onclick: copy }, words.copy);
}

// A button that would change something in a real shop. Here it only says so.
export function idle(event) {
  event.preventDefault();
  const toast = el('div.comet-toast', { role: 'status' }, site.words.elsewhere);
  document.body.append(toast);
  setTimeout(() => toast.remove(), 1800);
}

// The shop's own question in the middle of the page. `answers` are elements that end it.
export function ask(title, text, answers) {
  const close = () => mask.remove();
  const box = el(
    'div.comet-modal',
    { role: 'dialog', 'aria-modal': 'true', 'aria-label': title },
    el('button.comet-modal-close', { type: 'button', 'aria-label': site.words.cancel, onclick: close }, '×'),
    el('div.comet-modal-title', {}, title),
    text ? el('div.comet-modal-content', {}, text) : null,
    el('div.comet-modal-footer', {}, answers(close)),
  );
  const mask = el('div.comet-modal-mask', {}, box);
  document.body.append(mask);
  box.querySelector('a, button:not([aria-label])')?.focus();
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Fetches what the page shows, waits as the real page's own requests make one wait, and draws.
export async function start(endpoint, draw) {
  const response = await fetch(`/demo/${endpoint}.json${location.search}`);
  const data = response.ok ? await response.json() : await (await fetch(`/demo/page.json?${switches}`)).json();
  site = data;
  frame(data);
  await wait(data.delay);
  const content = el('div');
  document.getElementById('root').replaceChildren(content);
  if (response.ok) draw(data, content);
  else content.append(el('div.order-empty', {}, data.words.empty));
  // What a test waits for where no name on the page is known.
  document.documentElement.dataset.demo = 'drawn';
}

// The shop's head and side: outside #root, as it is not part of the application.
function frame({ words, language, currency, shipTo }) {
  const narrow = document.documentElement.dataset.layout === 'narrow';
  const root = document.getElementById('root');
  const demo = el('span.shop-demo', {}, words.demo);
  if (narrow) {
    const top = el('header.shop-top', {}, el('a.shop-back', { href: listLink() }, el('span.shop-chevron', {}, '‹'), words.orders), demo);
    document.body.prepend(top);
    document.body.append(el('footer.shop-foot', {}, words.demo_note));
    return;
  }
  const top = el(
    'header.shop-top',
    {},
    el(
      'div.shop-top-inner',
      {},
      el('a.shop-name', { href: listLink() }, picture('span.shop-mark', '/assets/img/bag.svg'), words.shop),
      demo,
      el('input.shop-search', { type: 'search', placeholder: words.search, 'aria-label': words.search }),
      el('div.shop-top-end', {}, `${language} / ${currency}  ·  ${shipTo}  ·  ${words.cart} 2  ·  ${words.account}`),
    ),
  );
  const side = el(
    'aside.shop-side',
    {},
    el(
      'nav.shop-nav',
      { 'aria-label': words.account },
      el('div.shop-nav-title', {}, words.account),
      words.nav.map((name, index) =>
        el(index === 1 ? 'a.shop-nav-item shop-nav-item-active' : 'a.shop-nav-item', { href: index === 1 ? listLink() : link('/account') }, name),
      ),
    ),
    el('p.shop-note', {}, words.demo_note),
  );
  const page = el('div.shop-page', {}, side);
  root.replaceWith(page);
  page.append(root);
  document.body.prepend(top);
}
