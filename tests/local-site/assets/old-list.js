// The order list as it was before March 2022: a table with one body per order.

import { el, idle, link, picture, start } from './shared.js';

start('list', ({ orders, words }, content) => {
  content.append(
    el(
      'div.old-list',
      {},
      el('table', { id: 'buyer-ordertable' }, orders.flatMap((order) => (order.shownTwice ? [body(order, words), body(order, words)] : [body(order, words)]))),
    ),
  );
});

function body(order, words) {
  const info = (names, label, text) => el(`p.${names}`, {}, el('span.info-title', {}, `${label} `), el('span.info-body', {}, text));
  const detail = order.noId ? null : link('/order_detail.htm', { orderId: order.id });
  const head = el(
    'tr.order-head',
    {},
    el(
      'td.order-info',
      { colspan: 2 },
      order.noId ? null : info('first-row', order.idLabel.trim(), order.id),
      info('second-row', words.old_placed, order.date),
      detail ? el('a.view-detail-link', { href: detail }, words.details) : null,
    ),
    el('td.store-info', {}, order.missingNodes ? null : info('first-row', '', order.store.name)),
    el('td.order-amount', {}, el('p.amount-num', {}, order.total)),
  );
  const line = (one, index) =>
    el(
      'tr.order-body',
      {},
      el('td.product-sets', {}, picture('div.product-left', one.image)),
      el(
        'td.product-right',
        {},
        el('p.product-title', {}, el('a.baobei-name', { href: detail, title: one.title }, one.title)),
        el('p.product-amount', {}, el('span', {}, one.price), el('span', {}, `X${one.quantity}`)),
        el('p.product-property', {}, one.sku),
      ),
      el(
        'td.order-status',
        {},
        index > 0 || order.missingNodes ? null : el('span.f-left', {}, order.status),
        index > 0 || order.leftMs === null ? null : el('p.left-sendgoods-day', { lefttime: order.leftMs }, remaining(order.leftMs, words)),
      ),
      el('td.order-action', {}, index > 0 ? null : order.buttons.map((button) => el('button.button', { type: 'button', onclick: idle }, button.text))),
    );
  return el('tbody.order-item-wraper', {}, head, order.lines.map(line));
}

function remaining(milliseconds, words) {
  return `${words.old_remaining}: ${Math.max(0, Math.floor(milliseconds / 86400000))} d`;
}
