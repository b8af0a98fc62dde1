// The list of returns and refunds: one item for each order line, as a script of 2022 to 2026 knew it.

import { el, idle, link, start } from './shared.js';

start('list', ({ orders, words }, content) => {
  // An order line's number, as the addresses of the shop name it: each line can have a dispute of its own.
  const number = (order, at) => `${order.id.slice(0, -1)}${at}`;
  const item = (order, line, at) =>
    el(
      'div.orderItem--orderItem--3kPq1Zx',
      {},
      el('div.orderItem--orderSKUId--1xVd8Ma', {}, `${order.idLabel.trim()} ${order.id}`),
      el('div.orderItem--orderStore--2yRb5Kc', {}, order.store.name),
      el('div.orderItem--orderSKUTitle--4zWn0Ts', {}, line.title),
      el('div.orderItem--orderStatusDesc--9qLe7Hf', {}, order.banner),
      el(
        'div.orderItem--orderStatusAction--7uGj3Yo',
        {},
        el('div', {}, el('button', { type: 'button', onclick: idle }, words.details)),
        order.noId ? null : el('a', { href: link('/p/refund-amount/detail.html', { tradeOrderId: order.id, tradeOrderLineId: number(order, at) }) }, words.details),
      ),
    );
  const returned = orders.filter((order) => order.banner);
  content.append(el('div.returns-list', {}, returned.flatMap((order) => order.lines.map((line, at) => item(order, line, at)))));
});
