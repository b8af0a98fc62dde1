// The page of one dispute. Nothing is documented of the real one's markup, so that no class here is one that anyone relies on.

import { el, link, start } from './shared.js';

start('detail', ({ order, answerUntil, words }, content) => {
  content.append(
    el(
      'div.case',
      {},
      el('a.order-detail-back', { href: link('/p/order/detail.html', { orderId: order.id }) }, words.order_details),
      el('h1', {}, order.banner ?? order.status),
      answerUntil ? el('p', {}, answerUntil) : null,
      el('p', {}, order.store.name),
    ),
  );
});
