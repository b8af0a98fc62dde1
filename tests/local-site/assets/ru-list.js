// The order list of the Russian site, a code base of its own: a card for each order, with hashes at the ends of class names. Which day the one in
// the title is, two programs that read this page do not tell.

import { el, idle, link, start } from './shared.js';

start('list', ({ orders }, content) => {
  const soon = new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'long' }).format(Date.now() + 9 * 86_400_000);
  const part = (tag, name, ...children) => el(`${tag}.RedOrderList_OrderItem__${name}__1tjf5`, {}, ...children);
  const card = (order) =>
    el(
      'div.RedOrderList_OrderList__item__a2315',
      {},
      el(
        'div.RedOrderList_OrderItem__container__1tjf5',
        {},
        part('div', 'number', order.id.replace(/(?<=\d)(?=(\d{4})+$)/g, ' ')),
        part('div', 'tag', order.status),
        part('h4', 'title', soon),
        part('div', 'totalPrice', order.total),
        el('a.RedOrderList_OrderItem__link__1tjf5', { href: link(`/order-list/${order.id}`, { filterName: 'active' }) }, '›'),
        el('button', { type: 'button', onclick: idle }, '…'),
      ),
    );
  const list = el('div.RedOrderList_OrderList__list__a2315', {}, orders.slice(0, 10).map(card));
  // The list goes on by itself where one scrolls to its end.
  window.demoMore = () => list.append(...orders.slice(10, 20).map(card));
  content.append(list);
});
