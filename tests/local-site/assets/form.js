// The dispute form, which nobody outside the shop has described: so it comes in many makes. Each keeps what it holds and how
// often it was sent in `demoForm`, for tests. `demo-form` in the address says which.

import { el, link, start } from './shared.js';
import { formWords } from './form-words.js';
import { frameworkTitle, frameworks } from './form-frameworks.js';
import * as components from './form-components.js';
import * as material from './form-material.js';
import * as steps from './form-steps.js';

const make = new URLSearchParams(location.search).get('demo-form') ?? 'plain';

// What the form holds, as it would be sent. Choices are named by what they mean, not by what they say.
const held = { received: null, solution: null, reason: null, kind: null, amount: '', description: '', photos: [], videos: [], trap: '' };
const counts = { submits: 0, steps: 0 };
globalThis.demoForm = { held, counts, files: [], goesOn: false, signOut, wipe, turnInto };

// Makes of teams that knew nothing of what is to recognise them.
const unseen = { components, material, steps };

let words;
let money;

start('page', (site, content) => {
  words = formWords(site.language);
  money = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: site.currency });
  content.append(el('div.case', {}, make in others ? others[make]() : [el('h1', {}, unseen[make]?.title ?? frameworkTitle(make) ?? words.title), drawn()]));
});

const drawn = () => {
  if (make in unseen) return unseen[make].draw({ held, counts, submit, keep: names, paid, sign: money.formatToParts(0).find(({ type }) => type === 'currency').value });
  return make in frameworks ? frameworks[make](held, submit, names) : makes[make]();
};
// Its address names no order: the page that led here does.
const order = document.referrer ? new URL(document.referrer).searchParams.get('orderId') : null;
const submit = (event) => {
  event?.preventDefault();
  counts.submits += 1;
  // The shop shows the page of the dispute that was opened.
  if (demoForm.goesOn) location.assign(link('/p/refund-amount/detail.html', { tradeOrderId: order, tradeOrderLineId: `${order}1`, reverseOrderLineId: '1120001234567890' }));
};
// The session ends in the middle of the form: what was on the page is gone.
function signOut() {
  const ask = (text, kind) => el('label.form-row', {}, el('span', {}, text), el('input', { type: kind }));
  document.querySelector('.case').replaceChildren(el('h1', {}, 'Sign in'), ask('E-mail', 'email'), ask('Password', 'password'), el('button.comet-btn', { type: 'button' }, 'Sign in'));
}
// The page draws its form anew, and has nothing of what was in it.
function wipe() {
  Object.assign(held, { received: null, solution: null, reason: null, kind: null, amount: '', description: '', photos: [], videos: [] });
  demoForm.files = [];
  document.querySelector('.case').lastChild.replaceWith(drawn());
}
// Another form comes in its place.
function turnInto(other) {
  document.querySelector('.case').replaceChildren(others[other]());
}
// What was paid for the order, as the shop's server answers after a while.
async function paid() {
  const query = new URLSearchParams(location.search);
  query.set('orderId', order ?? '');
  const response = await fetch(`/demo/detail.json?${query}`);
  if (!response.ok) return null;
  const { order: card } = await response.json();
  const number = Number(card.total.replace(/\D/g, '')) / 10 ** money.resolvedOptions().maximumFractionDigits;
  return { number, text: money.format(number) };
}
const sendButton = () => el('button.comet-btn comet-btn-primary', { type: 'button', onclick: submit }, words.submit);
const names = (files) => {
  demoForm.files = [...files];
  return demoForm.files.map((file) => file.name);
};
const reasons = () => Object.entries(words.reasons);

// ── what the browser draws ──

function radios(name, question, answers, set) {
  const radio = ([value, text]) => el('label', {}, el('input', { type: 'radio', name, value, onchange: () => set(value) }), ' ', text);
  return el('fieldset.form-row', {}, el('legend', {}, question), Object.entries(answers).map(radio));
}

function select(name, question, options, set) {
  const option = ([value, text]) => el('option', { value }, text);
  const node = el('select', { name, onchange: (event) => set(event.target.value) }, option(['', words.choose]), options.map(option));
  return el('label.form-row', {}, el('span', {}, question), node);
}

const field = (question, node) => el('label.form-row', {}, el('span', {}, question), node);
const received = () => radios('rcv', words.received, { yes: words.yes, no: words.no }, (value) => (held.received = value));
const solution = () => select('sol', words.solution, [['refund', words.refund], ['return', words.return]], (value) => (held.solution = value));
const reason = () => select('rsn', words.reason, reasons(), (value) => (held.reason = value));
const amount = () => field(words.amount, el('input', { type: 'number', step: '0.01', min: '0', name: 'amt', oninput: (event) => (held.amount = event.target.value) }));
const description = () =>
  field(words.description, el('textarea', { name: 'dsc', maxlength: '1000', placeholder: words.hint, oninput: (event) => (held.description = event.target.value) }));
const photos = () => field(words.photos, el('input', { type: 'file', accept: 'image/*', multiple: '', onchange: (event) => (held.photos = names(event.target.files)) }));
const videos = () => field(words.videos, el('input', { type: 'file', accept: 'video/*', onchange: (event) => (held.videos = names(event.target.files)) }));

function plain() {
  return el('form.form', { onsubmit: submit }, received(), solution(), reason(), amount(), description(), photos(), videos(), el('button.comet-btn', {}, words.submit));
}

// ── a form whose fields show a state of its own, as React's do: a value that is set without an event is taken back ──

function controlled() {
  const fields = [];
  const own = (node, key) => {
    // As React does: what the page itself sets through the element is known, so an event that brings the same is none.
    const plainValue = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(node), 'value');
    let tracked = plainValue.get.call(node);
    Object.defineProperty(node, 'value', {
      configurable: true,
      get: () => plainValue.get.call(node),
      set: (value) => {
        tracked = String(value);
        plainValue.set.call(node, value);
      },
    });
    node.addEventListener(node.tagName === 'SELECT' ? 'change' : 'input', () => {
      const now = plainValue.get.call(node);
      if (now === tracked) return;
      tracked = now;
      held[key] = now;
    });
    fields.push(() => {
      if (plainValue.get.call(node) !== (held[key] ?? '')) node.value = held[key] ?? '';
    });
    return node;
  };
  setInterval(() => fields.forEach((render) => render()), 30);
  const option = ([value, text]) => el('option', { value }, text);
  const list = (key, options) => own(el('select', {}, option(['', words.choose]), options.map(option)), key);
  return el(
    'div.form',
    {},
    field(words.received, list('received', [['yes', words.yes], ['no', words.no]])),
    field(words.solution, list('solution', [['refund', words.refund], ['return', words.return]])),
    field(words.reason, list('reason', reasons())),
    field(words.amount, own(el('input', { inputmode: 'decimal' }), 'amount')),
    field(words.description, own(el('textarea', { placeholder: words.hint }), 'description')),
    el('div.form-count', {}, '0/800'),
    photos(),
    sendButton(),
  );
}

// ── lists of the page's own, which are at the end of the document while they are open ──

function ownList(name, question, options, set) {
  const face = el('div.form-face', { role: 'combobox', tabindex: '0', 'aria-haspopup': 'listbox', 'aria-expanded': 'false', 'aria-controls': `${name}-list` }, words.choose);
  const close = () => {
    document.getElementById(`${name}-list`)?.remove();
    face.setAttribute('aria-expanded', 'false');
  };
  face.addEventListener('click', () => {
    if (face.getAttribute('aria-expanded') === 'true') return close();
    const option = ([value, text]) =>
      el('li', { role: 'option', onclick: () => (set(value), (face.textContent = text), close()) }, text);
    document.body.append(el('ul.form-list', { role: 'listbox', id: `${name}-list` }, options.map(option)));
    face.setAttribute('aria-expanded', 'true');
  });
  return el('div.form-row', {}, el('span', {}, question), face);
}

function custom() {
  return el(
    'div.form',
    {},
    ownList('rcv', words.received, [['yes', words.yes], ['no', words.no]], (value) => (held.received = value)),
    ownList('sol', words.solution, [['refund', words.refund], ['return', words.return]], (value) => (held.solution = value)),
    ownList('rsn', words.reason, reasons(), (value) => (held.reason = value)),
    amount(),
    description(),
    photos(),
    sendButton(),
  );
}

// ── cards to choose from, a text that the page formats, a place to drop files ──

function cards(question, answers, set) {
  const group = el('div.form-cards', { role: 'radiogroup', 'aria-label': question });
  const card = ([value, text]) => el('div.form-card', { role: 'radio', 'aria-checked': 'false', tabindex: '0', 'data-value': value }, el('b', {}, text));
  group.append(...Object.entries(answers).map(card));
  group.addEventListener('click', (event) => {
    const chosen = event.target.closest('[role=radio]');
    if (!chosen) return;
    for (const one of group.children) one.setAttribute('aria-checked', String(one === chosen));
    set(chosen.dataset.value);
  });
  return el('div.form-row', {}, el('p', {}, question), group);
}

function editable() {
  const node = el('div.form-rich', { contenteditable: 'true', role: 'textbox', 'aria-label': words.description });
  node.addEventListener('input', () => (held.description = node.textContent));
  return el('div.form-row', {}, el('p', {}, words.description), node, el('small', {}, '0/1000'));
}

function carded() {
  const zone = el('div.upload-dropzone form-drop', {}, words.drop);
  const dropped = el('ul.form-dropped');
  zone.addEventListener('dragover', (event) => event.preventDefault());
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    held.photos = [...held.photos, ...names([...demoForm.files, ...event.dataTransfer.files]).slice(held.photos.length)];
    dropped.replaceChildren(...held.photos.map((name) => el('li', {}, name)));
  });
  return el(
    'div.form',
    {},
    cards(words.received, { yes: words.yes, no: words.no }, (value) => (held.received = value)),
    cards(words.solution, { refund: words.refund, return: words.return }, (value) => (held.solution = value)),
    cards(words.reason, words.reasons, (value) => (held.reason = value)),
    amount(),
    editable(),
    zone,
    dropped,
    sendButton(),
  );
}

// ── two lists, of which the second comes when the first has been answered ──

function twoLevels() {
  const sorts = { quality: ['damaged', 'broken'], description: ['colour', 'wrong', 'missing'] };
  const second = el('div');
  const first = select('kind', words.reason, Object.entries(words.kinds), (kind) => {
    held.kind = kind;
    held.reason = null;
    const options = (sorts[kind] ?? []).map((name) => [name, words.reasons[name]]);
    setTimeout(() => second.replaceChildren(select('rsn', words.reason, options, (value) => (held.reason = value))), 20);
  });
  return el('div.form', {}, received(), solution(), first, second, amount(), description(), photos(), sendButton());
}

// ── one question after the other ──

function wizard() {
  const steps = [
    () => [received()],
    () => [solution(), reason()],
    () => [amount(), description(), photos()],
  ];
  const box = el('div.form');
  const draw = (at) => {
    const next = el('button.comet-btn comet-btn-primary', { type: 'button', id: 'next', onclick: () => ((counts.steps += 1), draw(at + 1)) }, words.next);
    box.replaceChildren(...steps[at](), at + 1 < steps.length ? next : sendButton());
  };
  draw(0);
  return box;
}

// ── in a frame of the page's own origin, and in a shadow root ──

function framed() {
  const frame = el('iframe.form-frame', { src: 'about:blank', title: words.title });
  setTimeout(() => frame.contentDocument.body.append(plain()), 50);
  return frame;
}

function shadowed() {
  const host = el('dispute-form');
  host.attachShadow({ mode: 'open' }).append(plain());
  return host;
}

// ── file inputs that nobody sees, behind buttons ──

function hiddenInputs() {
  const upload = (question, accept, key) => {
    // What was chosen is in a list of the page's own, and the input is empty again, so that the same file can be chosen once more.
    const taken = [];
    const list = el('ul.form-dropped');
    const input = el('input', { type: 'file', accept, multiple: '', style: 'display: none' });
    input.addEventListener('change', () => {
      taken.push(...input.files);
      held[key] = names(taken);
      list.append(...[...input.files].map((file) => el('li', {}, file.name)));
      input.value = '';
    });
    const press = el('button.comet-btn', { type: 'button', onclick: () => input.click() }, question);
    return el('div.form-row uploader', {}, press, input, list);
  };
  const trap = el('div', { style: 'position: absolute; left: -9999px' }, field(words.description, el('textarea', { oninput: (event) => (held.trap = event.target.value) })));
  return el('div.form', {}, received(), solution(), reason(), amount(), trap, description(), upload(words.photos, '.jpg,.jpeg,.png', 'photos'), upload(words.videos, 'video/mp4', 'videos'), sendButton());
}

// ── an amount that the page writes its own way ──

function masked() {
  const input = el('input', { inputmode: 'decimal', placeholder: '0,00' });
  input.addEventListener('input', () => {
    const digits = input.value.replace(/\D/g, '').replace(/^0+/, '').padStart(3, '0');
    input.value = `${digits.slice(0, -2)},${digits.slice(-2)}`;
    held.amount = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  });
  return el('div.form', {}, received(), solution(), reason(), field(words.amount, input), editable(), photos(), sendButton());
}

// ── a page that empties a field a moment after it was filled ──

function wiping() {
  const form = plain();
  const text = form.querySelector('textarea');
  let left = 1;
  text.addEventListener('input', () => {
    if (left === 0) return;
    left -= 1;
    setTimeout(() => ((text.value = ''), (held.description = '')), 400);
  });
  return form;
}

// ── a page of two hundred controls, most of which ask for something else ──

function large() {
  const other = (at) => field(`${words.choose} ${at}`, el('input', { name: `x${at}`, oninput: (event) => (held.trap += event.target.value) }));
  const others = [...Array(190).keys()].map(other);
  return el('div', {}, plain(), el('form.form', { onsubmit: submit }, others));
}

// ── radio buttons whose choice is a state of the page's own, as React's are: the page hears of a click, and draws what it holds itself ──

function reacting() {
  const radios = (key, question, answers) => {
    const radio = ([value, text]) => {
      const input = el('input', { type: 'radio', name: key, value });
      let tracked = false;
      input.addEventListener('click', () => {
        if (input.checked === tracked) return;
        tracked = input.checked;
        held[key] = value;
      });
      setInterval(() => {
        const checked = held[key] === value;
        if (input.checked !== checked) input.checked = checked;
        tracked = checked;
      }, 30);
      return el('label', {}, input, ' ', text);
    };
    return el('fieldset.form-row', {}, el('legend', {}, question), Object.entries(answers).map(radio));
  };
  return el(
    'div.form',
    {},
    radios('received', words.received, { yes: words.yes, no: words.no }),
    radios('solution', words.solution, { refund: words.refund, return: words.return }),
    radios('reason', words.reason, words.reasons),
    amount(),
    description(),
    photos(),
    sendButton(),
  );
}

// ── in a shadow root that the page keeps to itself ──

function closedShadow() {
  const host = el('dispute-form');
  host.attachShadow({ mode: 'closed' }).append(plain());
  return host;
}

// ── a page that believes nobody but a person ──

function distrustful() {
  const form = plain();
  const believe = (event) => {
    if (event.isTrusted || !('value' in event.target) || event.target.type === 'file') return;
    event.stopImmediatePropagation();
    const key = { amt: 'amount', dsc: 'description' }[event.target.name];
    if (!key) return;
    event.target.value = '';
    held[key] = '';
  };
  for (const name of ['input', 'change']) form.addEventListener(name, believe, true);
  return form;
}

// ── a form of which nothing says what one field asks for ──

function wordless() {
  const sum = el('input', { name: 'q7', oninput: () => (held.amount = sum.value) });
  const other = el('input', { name: 'q8', oninput: (event) => (held.trap += event.target.value) });
  const box = (text, node) => el('div.form-row', {}, el('span', {}, text), node);
  return el('form.form', { onsubmit: submit }, received(), solution(), reason(), box('7', sum), box('8', other), description(), photos(), el('button.comet-btn', {}, words.submit));
}

// ── a form that asks for a description twice ──

function twofold() {
  const second = field(words.description, el('textarea', { name: 'more', maxlength: '1000', oninput: (event) => (held.trap += event.target.value) }));
  return el('form.form', { onsubmit: submit }, received(), solution(), reason(), amount(), description(), second, el('button.comet-btn', {}, words.submit));
}

// ── ten thousand controls, the form first ──

function huge() {
  const form = plain();
  const others = [...Array(10_000).keys()].map((at) => el('input', { name: `x${at}`, oninput: (event) => (held.trap += event.target.value) }));
  return el('div', {}, form, el('form.form', { onsubmit: submit }, others));
}

// ── in a frame of another origin, into which nobody sees ──

function foreign() {
  const address = new URL(location.href);
  address.hostname = address.hostname.replace(/^www/, 'm');
  address.searchParams.set('demo-form', 'plain');
  return el('iframe.form-frame', { src: address.href, title: words.title, style: 'width: 600px; height: 500px' });
}

// ── beside such a frame ──

const beside = () => el('div', {}, plain(), foreign());

// ── so many controls that nothing of a form is found among those that are looked at ──

function crowd() {
  const others = [...Array(700).keys()].map((at) => el('input', { name: `x${at}`, oninput: (event) => (held.trap += event.target.value) }));
  return el('div', {}, el('form.form', { onsubmit: submit }, others), plain());
}

// ── the form of 2019, by the ids that programs of that time used ──

function legacy() {
  const radio = (value, text) => [el('input', { type: 'radio', name: 'isReceived', value, onchange: () => (held.received = value) }), text];
  const options = [el('option', { value: '' }, words.choose), ...reasons().map(([value, text]) => el('option', { value }, text))];
  const list = el('select', { id: 'problem_type2', onchange: () => (held.reason = list.value) }, options);
  const sum = el('input', { id: 'refund-amount', placeholder: '0.00', oninput: () => (held.amount = sum.value) });
  const text = el('textarea', { id: 'request-detail-txt', oninput: () => (held.description = text.value) });
  const images = el('input', { type: 'file', accept: '.jpg,.jpeg,.png', multiple: '', style: 'display: none', onchange: () => (held.photos = names(images.files)) });
  const row = (question, ...nodes) => el('div.form-row', {}, el('span', {}, question), nodes);
  return el(
    'div.form',
    {},
    row(words.received, el('div', { id: 'is_received_c' }, radio('yes', words.yes), radio('no', words.no))),
    row(words.reason, list),
    row(words.amount, sum),
    row(words.description, text),
    el('div', { id: 'imageUploader' }, el('button', { type: 'button', onclick: () => images.click() }, words.photos), images),
    el('button', { type: 'button', id: 'submit', onclick: submit }, words.submit),
  );
}

const makes = {
  plain,
  controlled,
  custom,
  cards: carded,
  'two-levels': twoLevels,
  wizard,
  frame: framed,
  shadow: shadowed,
  hidden: hiddenInputs,
  masked,
  wiping,
  legacy,
  large,
  react: reacting,
  'closed-shadow': closedShadow,
  distrustful,
  wordless,
  twofold,
  huge,
  foreign,
  beside,
  crowd,
};

// ── pages that must not be filled ──

const box = (attributes = {}) => el('textarea', { ...attributes, oninput: (event) => (held.trap += event.target.value) });
const line = (attributes = {}) => el('input', { ...attributes, oninput: (event) => (held.trap += event.target.value) });

const others = {
  review: () => {
    const stars = el('select', { onchange: () => (held.trap += 'stars') }, el('option', {}, '5 stars'), el('option', {}, 'Poor quality'));
    const form = el('form.form', { onsubmit: submit }, el('h2', {}, 'Write a review'), field('Rating', stars), field('Describe your experience', box()), photos(), el('button', {}, 'Post review'));
    return form;
  },
  chat: () => el('div.form', {}, el('h2', {}, 'Chat with the seller about your refund'), box({ placeholder: 'Type a message' }), el('button', { type: 'button', onclick: submit }, 'Send')),
  search: () => el('form.form', { role: 'search', onsubmit: submit }, line({ placeholder: 'Search in returns and refunds' }), el('button', {}, 'Search')),
  address: () => el('form.form', { onsubmit: submit }, el('h2', {}, 'Address for your return'), field('Full name', line({ autocomplete: 'name' })), field('Street address', line()), field('Additional details', box()), el('button', {}, 'Save address')),
  payment: () => el('form.form', { onsubmit: submit }, el('h2', {}, 'Pay now'), field('Amount', line({ type: 'number' })), field('Card number', line({ autocomplete: 'cc-number' })), el('button', {}, 'Pay')),
};

