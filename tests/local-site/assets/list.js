// The order list, and `window.demo`: what a test or a curious person can make the page do to itself.

import { card } from './card.js';
import { className, el, start } from './shared.js';

const FIRST = 10;
// How tall a card is taken to be until it was in the document once, with the gap below it.
const GUESS = 216;
const GAP = 12;

const state = { site: null, tab: 'all', orders: [], shown: 0, group: null, more: null, heights: new Map() };

start('list', (site, content) => {
  state.site = site;
  state.group = el('div.comet-checkbox-group');
  const button = el('button.comet-btn comet-btn-large comet-btn-borderless', { type: 'button', onclick: more }, el('span', {}, site.words.more));
  state.more = el('div.order-more', { 'data-pl': 'order_more' }, button);
  content.append(el('div.order-main', { 'data-spm': 'order_list_main' }, tabs(site.words), state.group, state.more));
  window.addEventListener('scroll', () => state.site.virtualised && drawWindow(), { passive: true });
  window.addEventListener('resize', () => state.site.virtualised && drawWindow());
  open('all');
});

function tabs(words) {
  const item = (name) => el('div.comet-tabs-nav-item', { role: 'tab', tabindex: 0, 'data-tab': name, onclick: () => tab(name) }, words.tabs[name]);
  const names = ['all', 'unpaid', 'processing', 'shipped', 'completed'];
  return el('div.comet-tabs', {}, el('div.comet-tabs-nav', { role: 'tablist' }, names.map(item)));
}

// Shows the first orders of a tab.
function open(name) {
  state.tab = name;
  for (const item of document.querySelectorAll('[data-tab]')) {
    item.setAttribute('aria-selected', item.dataset.tab === name);
    item.classList.toggle(className('comet-tabs-nav-item-active'), item.dataset.tab === name);
  }
  state.orders = state.site.orders.filter((order) => name === 'all' || order.tab === name);
  state.shown = state.site.all ? state.orders.length : Math.min(FIRST, state.orders.length);
  draw();
}

function draw() {
  state.heights.clear();
  state.group.replaceChildren();
  if (state.site.virtualised) drawWindow();
  else state.group.append(...state.orders.slice(0, state.shown).flatMap(nodes));
  if (!state.orders.length) state.group.append(el('div.order-empty', {}, state.site.words.empty));
  state.more.hidden = state.shown >= state.orders.length;
}

// What stands in the list for an order: its card, and for some a hidden copy before it.
function nodes(order) {
  const own = card(order, state.site);
  own.order = order;
  if (order.shownTwice) return [own, card(order, state.site)];
  if (!order.hiddenTwin) return [own];
  const twin = card(order, state.site);
  twin.classList.add(className('order-item-hidden'));
  return [twin, own];
}

// Keeps only the cards near the viewport in the document; padding stands for the others.
function drawWindow() {
  const { group, heights } = state;
  for (const node of group.children) if (node.order && node.offsetHeight) heights.set(node.order, node.offsetHeight + GAP);
  const top = -group.getBoundingClientRect().top;
  const wanted = new Set();
  let y = 0;
  let before = 0;
  let after = 0;
  for (const order of state.orders.slice(0, state.shown)) {
    const height = heights.get(order) ?? GUESS;
    if (y + height < top - innerHeight) before += height;
    else if (y > top + 2 * innerHeight) after += height;
    else wanted.add(order);
    y += height;
  }
  const present = new Map([...group.children].filter((node) => node.order).map((node) => [node.order, node]));
  for (const [order, node] of present) {
    if (wanted.has(order)) continue;
    if (order.hiddenTwin) node.previousElementSibling?.remove();
    node.remove();
  }
  const staying = [...wanted].filter((order) => present.has(order));
  for (const order of wanted) {
    if (present.has(order)) {
      staying.shift();
      continue;
    }
    const next = staying.length ? present.get(staying[0]) : null;
    const anchor = next && staying[0].hiddenTwin ? next.previousElementSibling : next;
    for (const node of nodes(order)) group.insertBefore(node, anchor);
  }
  group.style.paddingTop = `${before}px`;
  group.style.paddingBottom = `${after}px`;
}

function more() {
  const from = state.shown;
  state.shown = Math.min(from + FIRST, state.orders.length);
  if (state.site.virtualised) drawWindow();
  else state.group.append(...state.orders.slice(from, state.shown).flatMap(nodes));
  state.more.hidden = state.shown >= state.orders.length;
  return state.shown;
}

function tab(name) {
  state.group.replaceChildren();
  return new Promise((done) => {
    setTimeout(() => {
      open(name);
      done(state.orders.length);
    }, state.site.delay / 3);
  });
}

const isOurs = (node) => node.nodeName.toLowerCase().startsWith('recourse-');

// Makes `old` say what `fresh` says and keeps its nodes, as React does when it reuses a component. Foreign nodes stay where they are.
function patch(old, fresh) {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (name === 'style') old.style.cssText = fresh.style.cssText;
    else if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  const before = [...old.childNodes].filter((node) => !isOurs(node));
  const after = [...fresh.childNodes];
  after.forEach((node, index) => {
    const kept = before[index];
    if (!kept) old.append(node);
    else if (kept.nodeName !== node.nodeName || kept.className !== node.className) kept.replaceWith(node);
    else if (kept.nodeType === Node.TEXT_NODE) kept.data = node.data;
    else patch(kept, node);
  });
  before.slice(after.length).forEach((node) => node.remove());
}

window.demo = {
  // Opens a tab; a promise of the number of its orders.
  tab,
  // "View orders": returns how many are shown then.
  more,
  // Creates every card anew in the same list.
  rerender() {
    draw();
    return state.shown;
  },
  // Two cards change their orders and keep their elements. Returns the ids.
  reuseCard(one = 0, other = -1) {
    const cards = [...state.group.children].filter((node) => node.order && !node.order.hiddenTwin);
    const [a, b] = [cards.at(one), cards.at(other)];
    const [first, second] = [a.order, b.order];
    [a.order, b.order] = [second, first];
    patch(a, card(second, state.site));
    patch(b, card(first, state.site));
    const [i, j] = [state.orders.indexOf(first), state.orders.indexOf(second)];
    [state.orders[i], state.orders[j]] = [second, first];
    return [first.id, second.id];
  },
  // Removes, moves or rewrites every element of the extension, or each of the three in turn. Returns how many there were.
  rewriteOurNodes(how = null) {
    const all = [...document.querySelectorAll('*')].filter(isOurs);
    const ways = {
      remove: (node) => node.remove(),
      move: (node) => document.body.append(node),
      rewrite: (node) => {
        for (const { name } of [...node.attributes]) node.removeAttribute(name);
        node.textContent = 'rewritten';
        node.hidden = true;
      },
    };
    const names = how ? [how] : Object.keys(ways);
    all.forEach((node, index) => ways[names[index % names.length]](node));
    return all.length;
  },
  setTheme(theme) {
    document.documentElement.dataset.theme = theme;
  },
};
