// The order's own page as it was before March 2022.

import { el, listLink, start } from './shared.js';

start('detail', ({ order, buyer, oldReminder, prices, words }, content) => {
  const row = (line) =>
    el(
      'tr.order-bd',
      {},
      el('td.baobei', {}, el('a.baobei-name', {}, line.title), el('div.spec', {}, line.sku)),
      el('td.price', {}, line.price),
      el('td.quantity', {}, String(line.quantity)),
      el('td.amount', {}, order.total),
    );
  content.append(
    el(
      'div.old-detail',
      {},
      el('a.order-detail-back', { href: listLink() }, words.back),
      el('dl', {}, el('dt', {}, order.idLabel.trim()), el('dd.order-no', {}, order.id), el('dd.order-status', {}, order.status)),
      oldReminder ? el('div.order-reminder', {}, oldReminder) : null,
      el('ul', { id: 'operate-pnl' }, el('li', {}, order.store.name), el('li', {}, `${words.old_placed} ${order.date}`)),
      el(
        'ul',
        { id: 'user-shipping-list' },
        el('li.user-shipping', {}, el('span', { i18entitle: 'Contact Name' }, buyer[0])),
        buyer.slice(1).map((text) => el('li.long', {}, text)),
      ),
      el('table', { id: 'TP_ProductTable' }, el('tbody', {}, order.lines.map(row))),
      el('div.final-price', {}, prices.at(-1).text),
    ),
  );
});
