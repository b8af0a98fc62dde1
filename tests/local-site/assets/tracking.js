// Where the parcel is. The class names of this page carry hashes on the real site; only their beginnings last.

import { el, link, start } from './shared.js';

const CARRIER = 'Standard Shipping';

start('tracking', ({ order, arrival, firstPackage, promises, events, mailNo, buyer, words }, content) => {
  const [, telephone] = buyer;
  const node = ({ title, time }) =>
    el(
      'div.logistic-info-v2--node--3kWqp9d',
      {},
      el('div.logistic-info-v2--nodeTitle--2rejjVx', {}, title),
      el('div.logistic-info-v2--nodeDesc--1mHc0aZ', {}, `${CARRIER}, ${telephone}`),
      el('div.logistic-info-v2--nodeTime--9uTqW2e', {}, time),
    );
  content.append(
    el(
      'div.order-detail tracking-v2--main--5aDkT1x',
      {},
      el('a.order-detail-back', { href: link('/p/order/detail.html', { orderId: order.id }) }, el('span.shop-chevron', {}, '‹'), words.order_details),
      el('div.arrival-time-v2--wrap--2hYxR0b', {}, el('div.arrival-time-v2--title--1nQ4sVb', {}, arrival || order.status)),
      firstPackage ? el('div.arrival-time-v2--wrap--2hYxR0b', {}, el('div.arrival-time-v2--title--1nQ4sVb', {}, firstPackage)) : null,
      promises
        ? el(
            'div.fast-delivery-v2--wrap--7bNe3Kq',
            {},
            el('div.fast-delivery-v2--title--0xPz6Lm', {}, `${words.fast_delivery} · ${words.protection}`),
            el('ul.fast-delivery-v2--list--4cRt8Wd', {}, promises.map((text) => el('li.fast-delivery-v2--content--6fJw2Ua', {}, text))),
          )
        : null,
      el('div.address-v2--wrap--4sLq8Zt', {}, el('div.address-v2--title--9bVc2Mw', {}, words.address), buyer.map((line) => el('div.address-v2--line--2nHx6Rj', {}, line))),
      el(
        'div.logistic-info-v2--wrap--8dQm5Xc',
        {},
        mailNo
          ? el(
              'div.logistic-info-v2--head--5eWk1Bn',
              {},
              el('span.logistic-info-v2--carrierTitle--3jLs7Vy', {}, `${words.carrier}: `),
              el('span.logistic-info-v2--carrierValue--1pKd9Hr', {}, CARRIER),
              el('span.logistic-info-v2--mailNoTitle--6tGb4Nf', {}, `${words.tracking_number}: `),
              el('span.logistic-info-v2--mailNoValue--X0fPzen', {}, mailNo),
            )
          : null,
        events.map(node),
      ),
    ),
  );
});
