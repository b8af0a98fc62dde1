// The page that asks whether a dispute is to be cancelled. Nothing but its address is known of the real one.

import { el, idle, link, start } from './shared.js';

start('detail', ({ order, dispute, words }, content) => {
  const cancel = dispute?.controls.at(-1) ?? 'Cancel request';
  content.append(
    el(
      'div.case',
      {},
      el('a.order-detail-back', { href: link('/p/order/detail.html', { orderId: order.id }) }, words.order_details),
      el('h1', {}, cancel),
      el('div.case-does', {}, el('button.comet-btn', { type: 'button', onclick: idle }, el('span', {}, cancel))),
    ),
  );
});
