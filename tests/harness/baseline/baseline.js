// What the extension does on the order list, by hand: the same fields read from each card and checked in the same way, every rule asked
// what it says of the order, the same badge drawn with the same style sheets, name and description, the strip above the list; the first
// cards at once, those in view before the page is painted, and the others in slices. What was formatted for one badge serves all that look
// the same. With no extension, no storage and no messages around it, and for one language and one layout only. This is what the extension
// is measured against.
//
// It does less than the extension in what a script for one page does not need: no ledger is kept or told, no second way is tried where
// the first finds nothing, nobody watches whether the page takes a badge away.
//
// Runs in the page, before its cards are there. Takes the texts of the extension's two style sheets, and its rules.

const began = performance.now();
const [tokens, shared, rules] = arguments;
const SLICE_MS = 20;
const AT_ONCE = 16;
const DAY = 86400000;

const sheets = [tokens, shared].map((text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
});

// ── dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const short = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });
const spoken = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' });
const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const monthNames = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });
const months = new Map(Array.from({ length: 12 }, (_, month) => [monthNames.format(Date.UTC(2026, month, 1)).toLowerCase(), month]));
const shopClock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
});

function parseDay(text) {
  const parts = /\b([A-Z][a-z]{2})\s+(\d{1,2}),\s+(\d{4})\b/.exec(text);
  const month = parts && months.get(parts[1].toLowerCase());
  if (month === undefined || month === null) return null;
  const day = Date.UTC(Number(parts[3]), month, Number(parts[2]));
  return new Date(day).getUTCDate() === Number(parts[2]) ? day : null;
}

// How far the shop's clock is behind UTC at a moment.
function shopOffset(moment) {
  const part = Object.fromEntries(shopClock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(moment / 1000) * 1000;
}

const starts = new Map();
// The start of a day in the buyer's zone or the shop's, whichever comes first.
function startOf(day) {
  let start = starts.get(day);
  if (start === undefined) {
    const date = new Date(day);
    const buyer = new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime();
    start = Math.min(buyer, day - shopOffset(day - shopOffset(day)));
    starts.set(day, start);
  }
  return start;
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

const states = new Map([
  ['to pay', 'unpaid'], ['processing', 'processing'], ['awaiting delivery', 'awaiting'], ['completed', 'completed'], ['canceled', 'cancelled'], ['cancelled', 'cancelled'],
]);

const words = (card, selector) => card.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';

function read(card) {
  const link = card.querySelector('[data-pl="order_item_header_detail"]') ?? card.querySelector('a[href*="orderId="]');
  const id = link && /[?&]orderId=(\d+)/.exec(link.href)?.[1];
  if (!id) return null;
  // What the card prints must be the order that it links, and nothing counts down on a card of today's list.
  const info = card.querySelector('[data-pl="order_item_header_info"]');
  const printed = /\d{14,}/.exec(info?.children[1]?.textContent ?? '')?.[0];
  if (printed && printed !== id) return null;
  if (card.querySelector('[lefttime]')) return null;
  const total = words(card, '[data-pl="order_item_content_price_total"]');
  const amount = /([^\d\s:]+)\s*([\d.,]+)/.exec(total);
  return {
    id,
    link: link.href,
    placed: parseDay(info?.children[0]?.textContent ?? ''),
    state: states.get(words(card, '[data-pl="order_item_header_status"]').toLowerCase()),
    total: amount && { currency: amount[1], units: Number(amount[2].replace(/[^\d]/g, '')) },
    store: words(card, '[data-pl="order_item_store_name"]'),
    freeReturn: words(card, '.order-item-tag').toLowerCase() === 'free returns',
    stage: words(card, '.expose-info-item-title').toLowerCase(),
    lines: [...card.querySelectorAll('.order-item-content-body, .order-item-content-img-list > a')].map((line) => ({
      title: words(line, '[data-pl="order_item_content_info_name"]'),
      sku: words(line, '[data-pl="order_item_content_info_sku"]'),
      quantity: Number(words(line, '.order-item-content-info-number-quantity').replace(/\D/g, '') || 1),
    })),
  };
}

// What the rules say of an order, and by what its badge is the same as others.
function judge(order) {
  if (order.state === 'unpaid' || order.state === 'cancelled') return { kind: 'closed', lead: order.state === 'unpaid' ? 'Not paid yet' : 'Cancelled', look: order.state };
  const now = Date.now();
  let first = null;
  for (const rule of rules) {
    if (!rule.states.includes(order.state)) continue;
    const anchor = order[rule.anchor];
    if (anchor === undefined || anchor === null) continue;
    const day = anchor + rule.days * DAY;
    const until = startOf(day);
    if (rule.whenOver && until > now) continue;
    if (!first || until < first.until) first = { rule, day, until };
  }
  if (!first) return { kind: 'unknown', lead: 'No date known yet', look: 'unknown' };
  const left = first.until - now;
  const days = Math.floor(left / DAY);
  const lead = left <= 0 ? 'May have ended' : days >= 14 ? `≈ ${Math.floor(days / 7)} weeks left` : days <= 3 ? `≈ Within ${days} days` : `≈ ${days} days left`;
  return { kind: 'estimate', lead, rule: first.rule, until: first.until, last: first.day - DAY, placed: order.placed, look: `${lead} ${first.rule.id} ${first.day}` };
}

// ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function icon() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2m0 3v3l2 2');
  svg.append(path);
  return svg;
}

function button(className, label, ...children) {
  const element = make('button', className, ...children);
  element.type = 'button';
  element.setAttribute('aria-label', label);
  element.setAttribute('aria-haspopup', 'menu');
  return element;
}

function phrase(className, text) {
  const element = make('span', `${className} t`, text);
  element.dir = 'ltr';
  return element;
}

function build(verdict) {
  const around = verdict.until && short.format(verdict.last);
  const name = verdict.until ? [': ', `${verdict.lead}. Delivery protection, around ${spoken.format(verdict.last)}. Estimate.`] : [': ', verdict.lead];
  const host = document.createElement('recourse-badge');
  host.dataset.kind = verdict.kind;
  const row = make('div', 'row');
  row.setAttribute('role', 'group');
  row.lang = 'en';
  if (verdict.until) row.setAttribute('aria-description', `Delivery protection ends around ${long.format(verdict.last)}. Estimate: ${verdict.rule.days} days after the order of ${short.format(verdict.placed)}.`);
  if (verdict.kind === 'unknown') {
    row.append(make('a', 'badge pill unknown', icon(), phrase('lead', verdict.lead), phrase('go', 'Open once for the exact date'), icon()));
  } else {
    const facts = make('div', 'facts', make('span', 'block', icon(), phrase('lead', verdict.lead)));
    const badge = make('div', `badge ${verdict.kind} calm`, facts);
    if (verdict.until) {
      host.dataset.clock = 'delivery-guarantee';
      host.dataset.until = new Date(verdict.until).toISOString();
      badge.classList.add('dated');
      facts.append(make('span', 'window', phrase('', 'Delivery protection')), make('span', 'day', phrase('long', `around ${around}`), phrase('short', `around ${around}`)));
      badge.append(button('sure', 'Estimate: where does this date come from?', icon(), phrase('word', 'Estimate')), button('more', 'Next steps', icon()));
    }
    row.append(badge);
    if (verdict.until) row.append(make('a', 'once', phrase('', 'Open once for the exact date')));
  }
  row.append(button('next', 'Next steps', phrase('word', 'Next steps'), icon()));
  return { host, row, name };
}

const looks = new Map();
const drawn = new Map();
const known = new Map();

function draw(card) {
  const order = read(card);
  if (!order) return;
  if (drawn.get(order.id)?.isConnected) {
    twins.push(card);
    return;
  }
  const verdict = judge(order);
  let template = looks.get(verdict.look);
  if (!template) looks.set(verdict.look, (template = build(verdict)));
  const host = template.host.cloneNode(true);
  host.dataset.order = order.id;
  const root = host.attachShadow({ mode: 'closed' });
  root.adoptedStyleSheets = sheets;
  const row = template.row.cloneNode(true);
  row.setAttribute('aria-label', `Order ${order.id}${template.name.join('')}`);
  const link = row.querySelector('a');
  if (link) link.href = order.link;
  root.append(row);
  root.addEventListener('click', clicked);
  card.querySelector('.order-item-header').after(host);
  drawn.set(order.id, host);
  known.set(order.id, { order, verdict, card });
}

let strip = null;

// The strip: how many orders end within a week, what was paid for them, how many have no exact date.
function sum() {
  const now = Date.now();
  const ending = [];
  let [risk, without, first] = [0, 0, null];
  for (const { order, verdict, card } of known.values()) {
    if (!card.isConnected) continue;
    first ??= card;
    if (verdict.kind !== 'closed') without += 1;
    if (verdict.kind === 'estimate' || !verdict.until || verdict.until - now > 7 * DAY) continue;
    ending.push(order.id);
    risk += order.total?.units ?? 0;
  }
  if (!first) return;
  const text = `${ending.length} orders end within a week${risk ? ` · ${money.format(risk / 100)} at risk` : ''} · ${without} orders without an exact date`;
  if (strip?.text === text && strip.host.isConnected) return;
  strip?.host.remove();
  const host = document.createElement('recourse-strip');
  const root = host.attachShadow({ mode: 'closed' });
  root.adoptedStyleSheets = sheets;
  const row = make('div', 'strip', icon(), make('span', 'said t', make('strong', '', text)));
  row.setAttribute('role', 'region');
  row.setAttribute('aria-label', 'Recourse');
  root.append(row);
  const group = first.closest('.comet-checkbox-group') ?? first;
  group.before(host);
  strip = { host, text };
}

// Light or dark, by the first background behind a card that is not see-through.
function theme() {
  let node = document.querySelector('recourse-badge')?.parentElement;
  while (node && /^rgba\(.*, 0\)$/.test(getComputedStyle(node).backgroundColor)) node = node.parentElement;
}

function clicked(event) {
  event.stopPropagation();
}

// ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

function task(work) {
  performance.mark('recourse:task-start');
  const result = work();
  performance.measure('recourse:task', 'recourse:task-start');
  return result;
}

const queue = [];
// Second cards of orders that have one already.
let twins = [];

// The page is laid out and not yet painted: which cards are in view, and which of two is shown, costs nothing to ask.
const laidOut = new ResizeObserver(() => {
  laidOut.disconnect();
  task(() => {
    const places = queue.slice(0, 64).map((card) => card.getBoundingClientRect());
    const inView = places.findIndex((place) => place.top >= innerHeight);
    theme();
    // Which of two cards is shown is asked of all before anything is drawn: drawing would make the browser work out the styles anew each time.
    const shown = twins.filter((card) => {
      const badge = drawn.get(read(card).id);
      return !badge.closest('.order-item').checkVisibility() && card.checkVisibility();
    });
    twins = [];
    queue.splice(0, inView < 0 ? places.length : inView).forEach(draw);
    for (const card of shown) {
      drawn.get(read(card).id).remove();
      draw(card);
    }
  });
});

function slice() {
  task(() => {
    const end = performance.now() + SLICE_MS;
    while (queue.length && performance.now() < end) for (const card of queue.splice(0, 4)) draw(card);
  });
  if (queue.length) setTimeout(slice, 0);
  else {
    task(sum);
    if (twins.length) laidOut.observe(document.documentElement);
  }
}

new MutationObserver((records) => {
  task(() => {
    const cards = new Set();
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE || node.localName === 'recourse-badge') continue;
        if (node.matches('.order-item')) cards.add(node);
        else node.querySelectorAll('.order-item').forEach((card) => cards.add(card));
      }
    }
    if (!cards.size) return;
    const all = [...cards];
    all.splice(0, AT_ONCE).forEach(draw);
    if (!strip) sum();
    queue.push(...all);
    laidOut.observe(document.documentElement);
    setTimeout(slice, 0);
  });
}).observe(document.documentElement, { childList: true, subtree: true });

performance.measure('recourse:ahead', { start: began });
