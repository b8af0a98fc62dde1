// The order's own page: the only one, with tracking, that prints until when the buyer is protected.

import { ask, copyable, el, idle, link, listLink, picture, price, start } from './shared.js';

start('detail', (site, content) => {
  const { order, words } = site;
  content.append(
    el(
      'div.order-detail',
      {},
      el('a.order-detail-back', { href: listLink() }, el('span.shop-chevron', {}, '‹'), words.back),
      statusBlock(site),
      progress(site),
      el(
        'div.order-detail-item',
        {},
        el(
          'div.order-detail-item-store',
          {},
          el('img.order-item-store-icon', { src: order.store.icon, alt: '' }),
          el('a.store-name', { href: link(order.store.href) }, order.store.name),
        ),
        el('div.order-detail-item-content-wrap', {}, order.lines.map((line) => product(line, site))),
        prices(site),
      ),
      services(site),
      el('div.order-detail-info', {}, orderInfo(site), address(site)),
    ),
  );
});

function statusBlock({ order, reminder, estimated, words }) {
  const tracking = order.tab === 'shipped' || order.tab === 'completed';
  return el(
    'div.order-status',
    {},
    el('div.order-block-title', {}, order.status),
    el('div.order-status-content', {}, reminder),
    estimated ? el('div.order-detail-item-track-info', {}, el('div.order-detail-item-track-info-desc', {}, estimated)) : null,
    el(
      'div.order-status-btns',
      {},
      order.tab === 'shipped' ? el('button.comet-btn comet-btn-primary', { type: 'button', onclick: idle }, el('span', {}, words.confirm)) : null,
      tracking ? el('a.comet-btn', { href: link('/p/tracking/index.html', { tradeOrderId: order.id }) }, el('span', {}, words.track)) : null,
    ),
  );
}

function progress({ progress: { nodes, text }, words }) {
  if (!nodes.length) return null;
  const node = ({ text: title, time }) =>
    el(
      'div.service-progress-node',
      {},
      el('span.service-progress-node-dot'),
      el('div.service-progress-node-info', {}, el('div.service-progress-node-text', {}, title), el('div.service-progress-node-time', {}, time)),
    );
  return el(
    'div.service-progress',
    {},
    el('div.service-progress-title', {}, words.fast_delivery_active),
    el('div.service-progress-nodes', {}, nodes.map(node)),
    text ? el('div.service-progress-text', {}, text) : null,
  );
}

function product(line, { order, words }) {
  const returns = order.tab === 'shipped' || order.tab === 'completed';
  return el(
    'div.order-detail-item-content',
    {},
    el('a', { href: link(line.href) }, picture('div.order-detail-item-content-img', line.image)),
    el(
      'div.order-detail-item-content-info',
      {},
      el('div.item-title', {}, el('a', { href: link(line.href) }, line.title)),
      el('div.item-sku-attr', {}, line.sku),
      el('div.item-price', {}, price(line.price), el('span.item-price-quantity', {}, `x${line.quantity}`)),
    ),
    el(
      'div.order-detail-item-btns',
      {},
      el('button.comet-btn comet-btn-block', { type: 'button', onclick: idle }, el('span', {}, words.add_to_cart)),
      returns ? el('button.comet-btn comet-btn-block', { type: 'button', onclick: () => openDispute(words) }, el('span', {}, words.returns)) : null,
    ),
  );
}

function openDispute(words) {
  const form = link('/p/reverse-pages/start.html');
  ask(words.received_question, null, () => [
    el('a.comet-btn', { href: form }, el('span', {}, words.no)),
    el('a.comet-btn comet-btn-primary', { href: form }, el('span', {}, words.yes)),
  ]);
}

function prices({ prices: items }) {
  const item = ({ title, text }) =>
    el('div.order-price-item', {}, el('span.left-col', {}, title), el('span.right-col', {}, el('span.rightPriceClass', {}, price(text))));
  return el('div.order-price', {}, items.map(item));
}

function services({ services: items }) {
  if (!items.length) return null;
  const item = ({ title, content }) =>
    el('div.order-detail-service-item', {}, el('div.order-block-title', {}, title), el('div.order-detail-service-content', {}, content));
  return el('div.order-detail-services', {}, items.map(item));
}

function orderInfo({ order, rows, words }) {
  const row = ({ title, text }) => el('div.info-row', {}, el('span.info-row-title', {}, `${title}: `), el('span.info-row-text', {}, text));
  const id = el('div.info-row', {}, el('span.info-row-title', {}, order.idLabel), el('span.info-row-text', {}, order.id, copyable(order.id, words)));
  return el('div.order-detail-info-item order-detail-order-info', {}, el('div.order-block-title', {}, words.order_details), id, rows.map(row));
}

function address({ buyer, words }) {
  return el(
    'div.order-detail-info-item',
    {},
    el('div.order-block-title', {}, words.address),
    buyer.map((line) => el('div.order-detail-address', {}, line)),
  );
}
