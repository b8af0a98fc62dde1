// The dispute form as the widgets of other shops' frameworks draw it. Their makers know nothing of the extension: the markup follows what
// Ant Design 5 and Element Plus 2 leave in a page, and one shop's own buttons and tiles; the words are those of shops in Italy, Poland and
// Korea.

import { el } from './shared.js';

const words = {
  ant: {
    title: 'Richiesta di reso o rimborso',
    received: 'Il pacco ti è stato consegnato?', yes: 'Sì, ce l’ho', no: 'No, non è mai arrivato',
    solution: 'Come vuoi risolvere?', refund: 'Rimborso senza reso', return: 'Reso con rimborso',
    reason: 'Motivo della richiesta', choose: 'Scegli un motivo',
    reasons: { damaged: 'Prodotto rotto o danneggiato', broken: 'Non funziona', wrong: 'Ho ricevuto un altro prodotto', missing: 'Mancano dei pezzi', changed: 'Ho cambiato idea' },
    amount: 'Importo richiesto', description: 'Raccontaci cosa è successo', photos: 'Foto del prodotto', upload: 'Carica', submit: 'Invia richiesta',
  },
  element: {
    title: 'Zgłoszenie reklamacji',
    received: 'Czy przesyłka dotarła?', yes: 'Tak, dotarła', no: 'Nie, nie dotarła',
    solution: 'Czego oczekujesz?', refund: 'Zwrot pieniędzy bez odsyłania towaru', return: 'Zwrot towaru i pieniędzy', choose: 'Wybierz',
    reason: 'Powód reklamacji',
    reasons: { colour: 'Inny kolor niż w opisie', damaged: 'Towar uszkodzony w transporcie', broken: 'Urządzenie nie działa', missing: 'Niekompletne zamówienie', late: 'Dostawa trwała za długo' },
    amount: 'Kwota zwrotu', description: 'Opis problemu', hint: 'Napisz, co jest nie tak', photos: 'Zdjęcia', submit: 'Wyślij zgłoszenie',
  },
  tiles: {
    title: '교환·반품·환불 신청',
    received: '상품을 받으셨나요?', yes: '네, 받았어요', no: '아니요, 아직이에요',
    solution: '원하시는 처리 방법', refund: '환불만 받기', return: '반품 후 환불',
    reason: '신청 사유를 선택해 주세요',
    reasons: { damaged: '상품이 파손되어 왔어요', broken: '작동하지 않아요', size: '사이즈가 달라요', wrong: '다른 상품이 왔어요', mind: '단순 변심이에요' },
    amount: '환불 요청 금액', description: '상세 내용', hint: '어떤 문제가 있는지 적어 주세요', photos: '사진 첨부', submit: '신청하기',
  },
};

export const frameworkTitle = (make) => words[make]?.title;

// ── Ant Design 5: a list opens at the press of the mouse; what a screen reader is told of it are two or three of its values ──

function antItem(id, label, control) {
  return el(
    'div.ant-form-item',
    {},
    el(
      'div.ant-row ant-form-item-row',
      {},
      el('div.ant-col ant-form-item-label', {}, el('label.ant-form-item-required', { for: id, title: label }, label)),
      el('div.ant-col ant-form-item-control', {}, el('div.ant-form-item-control-input', {}, el('div.ant-form-item-control-input-content', {}, control))),
    ),
  );
}

function antRadios(id, answers, set) {
  const radio = ([value, text]) => {
    const dot = el('span.ant-radio');
    const input = el('input.ant-radio-input', { type: 'radio', value });
    // React hears of a choice by the click, and draws what it holds itself.
    input.addEventListener('click', () => {
      for (const other of group.querySelectorAll('input')) other.checked = other === input;
      for (const other of group.querySelectorAll('.ant-radio')) other.classList.toggle('ant-radio-checked', other === dot);
      set(value);
    });
    dot.append(input, el('span.ant-radio-inner'));
    return el('label.ant-radio-wrapper ant-radio-wrapper-in-form-item', {}, dot, el('span', {}, text));
  };
  const group = el('div.ant-radio-group ant-radio-group-outline', { id });
  group.append(...Object.entries(answers).map(radio));
  return group;
}

function antSelect(id, placeholder, options, set) {
  const input = el('input.ant-select-selection-search-input', {
    type: 'search', autocomplete: 'off', role: 'combobox', 'aria-expanded': 'false', 'aria-haspopup': 'listbox', 'aria-owns': `${id}_list`,
    'aria-autocomplete': 'list', 'aria-controls': `${id}_list`, 'aria-required': 'true', readonly: '', unselectable: 'on', style: 'opacity: 0', id,
  });
  const shown = el('span.ant-select-selection-placeholder', {}, placeholder);
  const wrap = el('span.ant-select-selection-wrap', {}, el('span.ant-select-selection-search', {}, input), shown);
  const selector = el('div.ant-select-selector', {}, wrap);
  const select = el('div.ant-select ant-select-outlined ant-select-in-form-item ant-select-single ant-select-show-arrow', {}, selector, el('span.ant-select-arrow', { unselectable: 'on', 'aria-hidden': 'true' }));
  let list = null;
  const close = () => {
    if (list) list.style.display = 'none';
    input.setAttribute('aria-expanded', 'false');
  };
  const open = () => {
    input.setAttribute('aria-expanded', 'true');
    if (list) {
      list.style.display = '';
      return;
    }
    const told = options.slice(0, 2).map(([value, text], at) => el('div', { role: 'option', id: `${id}_list_${at}`, 'aria-label': text, 'aria-selected': 'false' }, value));
    const items = options.map(([value, text]) => {
      const item = el('div.ant-select-item ant-select-item-option', { 'aria-selected': 'false', title: text }, el('div.ant-select-item-option-content', {}, text));
      item.addEventListener('click', () => {
        for (const other of items) other.setAttribute('aria-selected', String(other === item));
        wrap.lastChild.replaceWith(el('span.ant-select-selection-item', { title: text }, text));
        set(value);
        close();
      });
      return item;
    });
    const holder = el('div.rc-virtual-list-holder', {}, el('div', {}, el('div.rc-virtual-list-holder-inner', {}, items)));
    const readers = el('div', { role: 'listbox', id: `${id}_list`, style: 'height: 0; width: 0; overflow: hidden' }, told);
    list = el('div.ant-select-dropdown ant-select-dropdown-placement-bottomLeft', { style: 'position: absolute; left: 300px; top: 200px; background: white' }, el('div', {}, readers, el('div.rc-virtual-list', {}, holder)));
    document.body.append(el('div', { style: 'position: absolute; top: 0; left: 0; width: 100%' }, el('div', {}, list)));
  };
  selector.addEventListener('mousedown', () => (input.getAttribute('aria-expanded') === 'true' ? close() : open()));
  return select;
}

function ant(held, submit, names) {
  const said = words.ant;
  const amount = el('input.ant-input-number-input', { autocomplete: 'off', role: 'spinbutton', 'aria-valuemin': '0', step: '0.01', id: 'amount' });
  amount.addEventListener('input', () => (held.amount = amount.value));
  amount.addEventListener('blur', () => {
    const number = parseFloat(amount.value.replace(',', '.'));
    amount.value = Number.isNaN(number) ? '' : number.toFixed(2);
    held.amount = amount.value;
  });
  const turn = (label) => el('span.ant-input-number-handler', { unselectable: 'on', role: 'button', 'aria-label': label, 'aria-disabled': 'false' });
  const number = el(
    'div.ant-input-number ant-input-number-outlined',
    {},
    el('div.ant-input-number-handler-wrap', {}, turn('Increase Value'), turn('Decrease Value')),
    el('div.ant-input-number-input-wrap', {}, amount),
  );
  const group = el('div.ant-input-number-group-wrapper', {}, el('div.ant-input-number-wrapper ant-input-number-group', {}, number, el('div.ant-input-number-group-addon', {}, '€')));
  const count = el('span.ant-input-data-count', {}, '0 / 800');
  const text = el('textarea.ant-input', { rows: '4', id: 'description', oninput: () => ((held.description = text.value), (count.textContent = `${text.value.length} / 800`)) });
  const area = el('span.ant-input-affix-wrapper ant-input-textarea-affix-wrapper ant-input-textarea-show-count', {}, text, el('span.ant-input-suffix', {}, count));
  // What was chosen goes into a list of the widget's own, and after each change another input stands in the place of the one before: it is keyed.
  const taken = [];
  const thumbnail = (file) => {
    const picture = el('a.ant-upload-list-item-thumbnail', {}, el('img.ant-upload-list-item-image', { src: URL.createObjectURL(file), alt: file.name, width: '48', height: '48' }));
    return el('div.ant-upload-list-item-container', {}, el('div.ant-upload-list-item ant-upload-list-item-done', {}, picture));
  };
  const input = () => {
    const files = el('input', { type: 'file', accept: 'image/*', multiple: '', style: 'display: none' });
    files.addEventListener('change', () => {
      taken.push(...files.files);
      held.photos = names(taken);
      select.before(...[...files.files].map(thumbnail));
      files.replaceWith(input());
    });
    return files;
  };
  const press = el('button', { type: 'button', style: 'border: 0; background: none' }, el('div', {}, said.upload));
  const select = el('div.ant-upload ant-upload-select', {}, el('span.ant-upload', { tabindex: '0', role: 'button' }, input(), press));
  const upload = el('span.ant-upload-wrapper ant-upload-picture-card-wrapper', {}, el('div.ant-upload-list ant-upload-list-picture-card', {}, select));
  const form = el(
    'form.ant-form ant-form-vertical',
    {},
    antItem('received', said.received, antRadios('received', { yes: said.yes, no: said.no }, (value) => (held.received = value))),
    antItem('solution', said.solution, antRadios('solution', { refund: said.refund, return: said.return }, (value) => (held.solution = value))),
    antItem('reason', said.reason, antSelect('reason', said.choose, Object.entries(said.reasons), (value) => (held.reason = value))),
    antItem('amount', said.amount, group),
    antItem('description', said.description, area),
    antItem('photos', said.photos, upload),
    el('button.ant-btn ant-btn-primary', { type: 'submit' }, el('span', {}, said.submit)),
  );
  form.addEventListener('submit', submit);
  return form;
}

// ── Element Plus 2: the lists stand at the end of the document from the start, and are not shown ──

let nextId = 3;
const elementId = () => `el-id-1024-${(nextId += 1)}`;

function elementItem(label, control, forId = null) {
  const tag = forId ? 'label' : 'div';
  return el('div.el-form-item is-required asterisk-left el-form-item--label-top', {}, el(`${tag}.el-form-item__label`, { id: elementId(), for: forId }, label), el('div.el-form-item__content', {}, control));
}

function elementSelect(label, placeholder, options, set) {
  const [id, listId] = [elementId(), elementId()];
  const input = el('input.el-select__input', {
    type: 'text', autocomplete: 'off', tabindex: '0', role: 'combobox', readonly: '', spellcheck: 'false', 'aria-activedescendant': '', 'aria-controls': listId,
    'aria-expanded': 'false', 'aria-autocomplete': 'none', 'aria-haspopup': 'listbox', id, style: 'min-width: 11px; border: 0; opacity: 0',
  });
  const face = el('span', {}, placeholder);
  const shown = el('div.el-select__selected-item el-select__placeholder is-transparent', {}, face);
  const wrapper = el('div.el-select__wrapper el-tooltip__trigger', { tabindex: '-1' }, el('div.el-select__selection', {}, el('div.el-select__selected-item el-select__input-wrapper is-hidden', {}, input), shown));
  const popper = el('div.el-popper is-pure is-light el-select__popper', { style: 'display: none; position: absolute; left: 300px; top: 200px; background: white' });
  const toggle = (open) => {
    popper.style.display = open ? '' : 'none';
    input.setAttribute('aria-expanded', String(open));
  };
  const items = options.map(([value, text]) => {
    const item = el('li.el-select-dropdown__item', { role: 'option', id: elementId(), 'aria-selected': 'false' }, el('span', {}, text));
    item.addEventListener('click', () => {
      for (const other of items) other.setAttribute('aria-selected', String(other === item));
      face.textContent = text;
      shown.classList.remove('is-transparent');
      set(value);
      toggle(false);
    });
    return item;
  });
  popper.append(el('div.el-select-dropdown', {}, el('div.el-scrollbar', {}, el('div.el-select-dropdown__wrap', {}, el('ul.el-select-dropdown__list', { id: listId, role: 'listbox', 'aria-label': '', 'aria-orientation': 'vertical' }, items)))));
  document.body.append(el('div', { id: `el-popper-container-${id}` }, popper));
  wrapper.addEventListener('click', () => toggle(input.getAttribute('aria-expanded') !== 'true'));
  return elementItem(label, el('div.el-select', {}, wrapper), id);
}

function element(held, submit, names) {
  const said = words.element;
  const name = elementId();
  const radio = ([value, text]) => {
    const input = el('input.el-radio__original', { type: 'radio', name, value, onchange: () => (held.received = value) });
    return el('label.el-radio', {}, el('span.el-radio__input', {}, input, el('span.el-radio__inner')), el('span.el-radio__label', {}, text));
  };
  const radios = el('div.el-radio-group', { role: 'radiogroup', id: elementId(), 'aria-label': 'radio-group' }, Object.entries({ yes: said.yes, no: said.no }).map(radio));
  const [amountId, textId] = [elementId(), elementId()];
  const amount = el('input.el-input__inner', { type: 'number', autocomplete: 'off', tabindex: '0', min: '0', step: '0.01', id: amountId, oninput: () => (held.amount = amount.value) });
  const number = el(
    'div.el-input-number',
    {},
    el('span.el-input-number__decrease', { role: 'button', 'aria-label': 'decrease number' }),
    el('span.el-input-number__increase', { role: 'button', 'aria-label': 'increase number' }),
    el('div.el-input', {}, el('div.el-input__wrapper', { tabindex: '-1' }, amount)),
  );
  const count = el('span.el-input__count', {}, '0 / 1000');
  const text = el('textarea.el-textarea__inner', { rows: '4', tabindex: '0', autocomplete: 'off', placeholder: said.hint, id: textId, oninput: () => (held.description = text.value) });
  const files = el('input.el-upload__input', { name: 'file', multiple: '', accept: '.png,.jpg', type: 'file', style: 'display: none', onchange: () => (held.photos = names(files.files)) });
  const upload = el('div.upload-demo', {}, el('div.el-upload el-upload--picture-card', { tabindex: '0', role: 'button' }, el('i.el-icon', {}, '+'), files), el('ul.el-upload-list el-upload-list--picture-card'));
  return el(
    'form.el-form el-form--default el-form--label-top',
    {},
    elementItem(said.received, radios),
    elementSelect(said.solution, said.choose, [['return', said.return], ['refund', said.refund]], (value) => (held.solution = value)),
    elementSelect(said.reason, said.choose, Object.entries(said.reasons), (value) => (held.reason = value)),
    elementItem(said.amount, number, amountId),
    elementItem(said.description, el('div.el-textarea', {}, text, count), textId),
    elementItem(said.photos, upload),
    el('button.el-button el-button--primary', { type: 'button', onclick: submit }, el('span', {}, said.submit)),
  );
}

// ── one shop's own: two buttons that stay pressed, tiles, a text that the page counts ──

function tiles(held, submit, names) {
  const said = words.tiles;
  const question = (text, ...nodes) => el('section.rq-block', {}, el('strong.rq-q', {}, text), nodes);
  const chip = ([value, text]) => {
    const button = el('button.rq-chip', { type: 'button', 'aria-pressed': 'false' }, text);
    button.addEventListener('click', () => {
      for (const other of chips.children) other.setAttribute('aria-pressed', String(other === button));
      held.received = value;
    });
    return button;
  };
  const chips = el('div.rq-chips');
  chips.append(...Object.entries({ yes: said.yes, no: said.no }).map(chip));
  const tile = (group, set) => ([value, text]) => {
    const input = el('input', { type: 'radio', name: group, value, style: 'position: absolute; opacity: 0; width: 1px; height: 1px', onchange: () => set(value) });
    return el('label.rq-tile', { style: 'display: block; position: relative' }, input, el('span.rq-tile-body', {}, el('em', {}, text)));
  };
  const amount = el('input.rq-sum', { type: 'text', inputmode: 'decimal', placeholder: '0.00', oninput: () => (held.amount = amount.value) });
  const text = el('div.rq-editor', { contenteditable: 'plaintext-only', 'data-placeholder': said.hint, style: 'min-height: 80px; border: 1px solid silver' });
  const count = el('span.rq-count', {}, '0/500자');
  text.addEventListener('input', () => ((held.description = text.textContent), (count.textContent = `${text.textContent.length}/500자`)));
  const files = el('input', { type: 'file', hidden: '', multiple: '', accept: 'image/png, image/jpeg', onchange: () => (held.photos = names(files.files)) });
  return el(
    'div.rq',
    {},
    question(said.received, chips),
    question(said.reason, el('div.rq-tiles', {}, Object.entries(said.reasons).map(tile('why', (value) => (held.reason = value))))),
    question(said.solution, el('div.rq-tiles', {}, Object.entries({ return: said.return, refund: said.refund }).map(tile('how', (value) => (held.solution = value))))),
    question(said.amount, amount, el('span', {}, '€')),
    question(said.description, text, count),
    question(said.photos, el('label.rq-attach', {}, el('span', {}, '＋'), files)),
    el('button.rq-send', { type: 'button', onclick: submit }, said.submit),
  );
}

export const frameworks = { ant, element, tiles };
