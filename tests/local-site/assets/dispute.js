// The page of one dispute. Nothing is documented of the real one's markup, so that no class here but the amount's is one that anyone relies on.

import { el, idle, link, start } from './shared.js';

start('detail', ({ order, dispute: known, opened, words }, content) => {
  // One that has just been opened is named by its number.
  const dispute = new URLSearchParams(location.search).has('reverseOrderLineId') ? opened : known;
  const rows = (dispute?.rows ?? []).map((row) => el('div', {}, el('dt', {}, row.title), el('dd', {}, row.text)));
  content.append(
    el(
      'div.case',
      {},
      el('a.order-detail-back', { href: link('/p/order/detail.html', { orderId: order.id }) }, words.order_details),
      el('div', {}, el('h1', {}, dispute?.status ?? order.banner ?? order.status), dispute?.left ? el('p', {}, dispute.left) : null),
      rows.length ? el('dl', {}, rows) : null,
      dispute?.until ? el('p', {}, dispute.until) : null,
      dispute?.amount ? el('p.newReverseRefundInfo--amount--2kQx9', {}, dispute.amount) : null,
      el('p', {}, order.store.name),
      dispute?.controls.length ? el('div.case-does', {}, dispute.controls.map((words) => el('button.comet-btn', { type: 'button', onclick: idle }, el('span', {}, words)))) : null,
    ),
  );
});
