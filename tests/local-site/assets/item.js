// The listing of a product. Its class names end in hashes too; where the parcel would go stands in a part of its own.

import { el, price, start } from './shared.js';

const PROPERTIES = [
  ['Material', 'Aluminium'],
  ['Capacity', '10000 mAh'],
  ['Plug', 'USB-C'],
];

start('page', ({ buyer, words }, content) => {
  const property = ([name, value]) =>
    el(
      'div.specification--prop--Jh28bKu',
      {},
      el('div.specification--title--SfH3sA8', {}, el('span', {}, name)),
      el('div.specification--desc--Dxx6W0W', {}, el('span', {}, value)),
    );
  content.append(
    el(
      'div.order-detail pdp-info--wrap--6kTq1Yd',
      {},
      el('div.title--wrap--UUHae_g', {}, el('h1', { 'data-pl': 'product-title' }, 'Power bank 10000 mAh, aluminium')),
      el('div.price--wrap--2pLw7Ac', { 'data-pl': 'product-price' }, el('div.price--current--I3Zeidd', {}, price('R$31,93'))),
      el('div.sku-item--wrap--t9Qszzx', {}, el('div.sku-item--title--Z0HLO87', {}, el('span', {}, 'Color: '), el('span', {}, 'Graphite'))),
      el(
        'div.dynamic-shipping--wrap--8jKr3Np',
        {},
        el('div.dynamic-shipping--title--1cVb5Gx', {}, words.shipping),
        buyer.map((line) => el('div.dynamic-shipping--to--7mZt2Ws', {}, line)),
      ),
      el('div.store-header--wrap--5gHd9Qe', {}, el('a.store-header--storeName--vINzvPw', { href: '/store/1102357078' }, 'Lumen Home Store')),
      el('div.specification--list--fiWsSyv', { id: 'nav-specification' }, PROPERTIES.map(property)),
      el('div', { id: 'product-description' }, el('p', {}, 'Charges a phone twice.'), el('p', {}, 'Questions: +86 138 0013 8000.')),
    ),
  );
});
