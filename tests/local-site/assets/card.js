// One order's card, in the two layouts of the current generation.

import { ask, copyable, el, idle, link, picture, price } from './shared.js';

export function card(order, site) {
  return document.documentElement.dataset.layout === 'narrow' ? narrowCard(order, site) : wideCard(order, site);
}

function wideCard(order, site) {
  const { words } = site;
  const detail = order.noId ? null : link('/p/order/detail.html', { orderId: order.id });
  return el(
    'div.order-item',
    {},
    el(
      'div.order-item-header',
      {},
      status(order),
      el(
        'div.order-item-header-right',
        {},
        el(
          'div.order-item-header-right-info',
          { 'data-pl': 'order_item_header_info' },
          el('div', {}, order.dateLabel + order.date),
          order.noId ? null : el('div', {}, order.idLabel + order.id, copyable(order.id, words)),
        ),
        el('span.order-item-header-line'),
        order.messageLink && !order.noId
          ? el('a.order-item-header-message', { href: link('/p/message/index.html', { fromCode: 'order', orderId: order.id }) }, words.contact)
          : null,
        detail ? el('a', { 'data-pl': 'order_item_header_detail', href: detail }, words.details) : null,
      ),
    ),
    order.missingNodes ? null : store(order),
    el(
      'div.order-item-content',
      {},
      order.lines.length === 1 ? body(order.lines[0], detail) : images(order, detail),
      el('div.order-item-content-opt', {}, order.missingNodes ? null : total(order, words), buttons(order, site)),
    ),
    banner(order),
  );
}

// The card itself is the link.
function narrowCard(order, site) {
  const { words } = site;
  return el(
    'a.order-item order-item-mobile',
    { href: order.noId ? null : link('/p/order/detail.html', { orderId: order.id }) },
    el('div.order-item-header', {}, status(order), el('span.order-item-header-date', {}, order.date)),
    order.missingNodes ? null : store(order),
    el(
      'div.order-item-content',
      {},
      el(
        'div.order-item-content-body',
        {},
        picture('div.order-item-content-img', order.lines[0].image),
        el(
          'div.order-item-content-info',
          {},
          el(
            'div.order-item-content-info-name',
            { 'data-pl': 'order_item_content_info_name' },
            el('span', { title: order.lines[0].title }, order.lines.length === 1 ? order.lines[0].title : order.items),
          ),
          el('div.order-item-content-info-number', {}, price(order.total)),
        ),
      ),
      el('div.order-item-content-opt', {}, order.missingNodes ? null : total(order, words), buttons(order, site)),
    ),
    banner(order),
  );
}

function status(order) {
  if (order.missingNodes) return null;
  return el('div.order-item-header-status', { 'data-pl': 'order_item_header_status' }, el('span.order-item-header-status-text', {}, order.status));
}

function store(order) {
  const narrow = document.documentElement.dataset.layout === 'narrow';
  const name = el('span', {}, order.store.name);
  return el(
    'div.order-item-store',
    {},
    el('img.order-item-store-icon', { src: order.store.icon, alt: '' }),
    el('span.order-item-store-name', { 'data-pl': 'order_item_store_name' }, narrow ? name : el('a', { href: link(order.store.href) }, name)),
  );
}

function body(line, detail) {
  return el(
    'div.order-item-content-body',
    {},
    el('a', { href: detail }, picture('div.order-item-content-img', line.image)),
    el(
      'div.order-item-content-info',
      {},
      el(
        'div.order-item-content-info-name',
        { 'data-pl': 'order_item_content_info_name' },
        el('a', { href: detail }, el('span', { title: line.title }, line.title)),
      ),
      el('div.order-item-content-info-sku', { 'data-pl': 'order_item_content_info_sku' }, line.sku),
      el(
        'div.order-item-content-info-number',
        {},
        price(line.price),
        el('span.order-item-content-info-number-quantity', {}, `x${line.quantity}`),
      ),
      line.tags.length
        ? el('div.order-item-content-info-tag', {}, line.tags.map((tag) => el('span.order-item-tag', {}, el('font', { color: '#009966' }, tag))))
        : null,
    ),
  );
}

// An order with several lines shows no titles.
function images(order, detail) {
  const image = (line) => el('a', { href: detail }, picture('div.order-item-content-img', line.image));
  return el('div.order-item-content-img-list', {}, order.lines.map(image));
}

function total(order, words) {
  return el(
    'div.order-item-content-opt-price',
    {},
    el('span.order-item-content-opt-price-total', { 'data-pl': 'order_item_content_price_total' }, `${words.total} `, price(order.total)),
  );
}

function buttons(order, site) {
  const narrow = document.documentElement.dataset.layout === 'narrow';
  const one = (button) => {
    const names = `comet-btn comet-btn-block order-item-btn${button.primary ? ' comet-btn-primary' : ''}`;
    if (button.type === 'TRACKING' && !narrow && !order.noId) {
      return el(`a.${names}`, { href: link('/p/tracking/index.html', { tradeOrderId: order.id }) }, el('span', {}, button.text));
    }
    return el(`button.${names}`, { type: 'button', onclick: button.type === 'CONFIRM_GOODS' ? (event) => confirmReceived(event, site) : idle }, el('span', {}, button.text));
  };
  return el('div.order-item-btns-wrap', {}, el('div.order-item-btns', {}, order.buttons.map(one)));
}

function confirmReceived(event, { words }) {
  event.preventDefault();
  ask(words.confirm_title, words.confirm_text, (close) => [
    el('button.comet-btn', { type: 'button', onclick: close }, el('span', {}, words.cancel)),
    el('button.comet-btn comet-btn-primary', { type: 'button', onclick: close }, el('span', {}, words.ok)),
  ]);
}

function banner(order) {
  if (!order.banner) return null;
  return el('div.order-item-bottom-action', {}, el('div.expose-info', {}, el('div.expose-info-item-title', {}, order.banner)));
}
