// The dispute form as a team that works with React and Material UI would draw it, in Czech: one state, the whole drawn anew from it at
// every change, and lists that stand at the end of the body while they are open. The tags, roles and class names are those of Material UI 5.

const REASONS = {
  yes: {
    damaged: 'Zboží dorazilo poškozené nebo rozbité',
    defective: 'Zboží nefunguje, jak má',
    different: 'Zboží neodpovídá popisu nebo fotografiím',
    wrong: 'Přišlo něco jiného, než jsem si objednal(a)',
    missing: 'Část objednávky chybí',
    fake: 'Mám podezření na padělek',
    size: 'Nesedí mi velikost',
    mind: 'Rozmyslel(a) jsem si to',
  },
  no: {
    late: 'Zásilka je po termínu a stále nedorazila',
    delivered: 'Sledování hlásí doručení, já ale nic nemám',
    address: 'Zásilka odešla na špatnou adresu',
    customs: 'Zásilka se vrátila z celnice',
  },
};
const KINDS = {
  damaged: ['Co přesně je poškozené?', { broken: 'Prasklé nebo rozbité', scratched: 'Odřené, poškrábané', dirty: 'Promáčené nebo špinavé', box: 'Jen obal, zboží je v pořádku' }],
  missing: ['Co v balíčku chybí?', { item: 'Celý kus', part: 'Díl nebo příslušenství' }],
};
const SOLUTIONS = {
  refund: ['Zpět peníze, zboží mi zůstane', 'Nic neposíláte zpátky, o výši částky rozhodne prodejce.'],
  return: ['Pošlu zboží zpátky a chci své peníze', 'Dostanete štítek na zpáteční dopravu.'],
  exchange: ['Poslat nový kus', 'Prodejce odešle náhradu na vlastní náklady.'],
};
const WHERE = { card: 'Na kartu, kterou jsem platil(a)', credit: 'Jako kredit na další nákup' };
const LIMIT = 1000;
const FILES = 6;

// ── as little of React as is needed: a tree is drawn anew, what differs is taken over, and events are heard at the root ──

function h(tag, attributes = {}, ...children) {
  const svg = tag === 'svg' || tag === 'path';
  const node = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  node.handlers = {};
  node.controlled = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.handlers[name.slice(2)] = value;
    else if (name === 'value' && (tag === 'input' || tag === 'textarea')) node.controlled.value = value;
    else if (name === 'checked') node.controlled.checked = value;
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function control(node) {
  for (const [name, value] of Object.entries(node.controlled ?? {})) if (node[name] !== value) node[name] = value;
}

function mounted(node) {
  control(node);
  for (const child of node.children ?? []) mounted(child);
  return node;
}

function take(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  old.handlers = fresh.handlers;
  old.controlled = fresh.controlled;
  takeChildren(old, [...fresh.childNodes]);
  control(old);
}

function takeChildren(parent, wanted) {
  wanted.forEach((fresh, at) => {
    const old = parent.childNodes[at];
    const same = old && old.nodeName === fresh.nodeName && old.nodeType === fresh.nodeType && (old.getAttribute?.('data-key') ?? null) === (fresh.getAttribute?.('data-key') ?? null);
    if (same) take(old, fresh);
    else if (old) old.replaceWith(mounted(fresh));
    else parent.append(mounted(fresh));
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild.remove();
}

function listen(root) {
  for (const kind of ['click', 'mousedown', 'keydown', 'input', 'change', 'drop', 'dragover', 'submit']) {
    root.addEventListener(kind, (event) => {
      for (const node of event.composedPath()) {
        if (node === root) break;
        node.handlers?.[kind]?.(event);
      }
    });
  }
}

// ── the parts of the kit ──

const ripple = () => h('span', { class: 'MuiTouchRipple-root css-w0pj6f' });
const icon = (name, path) => h('svg', { class: 'MuiSvgIcon-root MuiSvgIcon-fontSizeMedium css-vubbuv', focusable: 'false', 'aria-hidden': 'true', viewBox: '0 0 24 24', 'data-testid': name }, h('path', { d: path }));
const text = (tag, kind, id, ...children) => h(tag, { class: `MuiTypography-root MuiTypography-${kind} css-9l3uo3`, id }, ...children);
const outline = (label) => h('fieldset', { 'aria-hidden': 'true', class: 'MuiOutlinedInput-notchedOutline css-igs3ac' }, h('legend', { class: 'css-14lo706' }, h('span', {}, label)));
const inputLabel = (label, id, target, raised) =>
  h('label', { class: `MuiFormLabel-root MuiInputLabel-root MuiInputLabel-outlined css-14s5rfu${raised ? ' MuiInputLabel-shrink' : ''}`, 'data-shrink': String(raised), for: target, id }, label);

function textField({ id, label, help, value, set, start, name, type = 'text', mode, error }) {
  const input = h('input', { 'aria-invalid': String(!!error), 'aria-describedby': help ? `${id}-helper-text` : null, id, name, type, inputmode: mode, class: 'MuiInputBase-input MuiOutlinedInput-input css-1x5jdmq', value, oninput: (event) => set(event.target.value) });
  return h(
    'div',
    { class: 'MuiFormControl-root MuiFormControl-fullWidth MuiTextField-root css-feqhe6' },
    inputLabel(label, `${id}-label`, id, value !== '' || !!start),
    h('div', { class: 'MuiInputBase-root MuiOutlinedInput-root MuiInputBase-formControl css-1bp1ao6' }, start ? h('div', { class: 'MuiInputAdornment-root MuiInputAdornment-positionStart css-1a6giau' }, text('p', 'body1', null, start)) : null, input, outline(label)),
    help ? h('p', { class: `MuiFormHelperText-root MuiFormHelperText-contained css-1wc848c${error ? ' Mui-error' : ''}`, id: `${id}-helper-text` }, help) : null,
  );
}

// Of the two text areas the second is never shown: the kit measures in it how high the first must be.
function textArea({ id, label, help, value, set, limit, name }) {
  return h(
    'div',
    { class: 'MuiFormControl-root MuiFormControl-fullWidth MuiTextField-root css-feqhe6' },
    inputLabel(label, `${id}-label`, id, value !== ''),
    h(
      'div',
      { class: 'MuiInputBase-root MuiOutlinedInput-root MuiInputBase-multiline css-8ewcdo' },
      h('textarea', { 'aria-invalid': 'false', 'aria-describedby': help ? `${id}-helper-text` : null, id, name, rows: '4', maxlength: limit, class: 'MuiInputBase-input MuiOutlinedInput-input MuiInputBase-inputMultiline css-u36398', value, oninput: (event) => set(event.target.value) }),
      h('textarea', { 'aria-hidden': 'true', class: 'MuiInputBase-input MuiOutlinedInput-input MuiInputBase-inputMultiline css-u36398 css-shadow', readonly: true, tabindex: '-1', value }),
      outline(label),
    ),
    help ? h('p', { class: 'MuiFormHelperText-root MuiFormHelperText-contained css-1wc848c', id: `${id}-helper-text` }, help) : null,
  );
}

function radio({ group, value, chosen, set, label, small }) {
  return h(
    'label',
    { class: `MuiFormControlLabel-root MuiFormControlLabel-labelPlacementEnd css-kswf0p${chosen ? ' css-1ndxlfc' : ''}` },
    h(
      'span',
      { class: `MuiButtonBase-root MuiRadio-root MuiRadio-colorPrimary PrivateSwitchBase-root css-vqmohf${chosen ? ' Mui-checked' : ''}` },
      h('input', { class: 'PrivateSwitchBase-input css-1m9pwf3', type: 'radio', name: group, value, checked: chosen, onclick: () => set(value) }),
      h('span', { class: 'css-hyxlzm' }, icon('RadioButtonUncheckedIcon', 'M12 2C6.5 2 2 6.5 2 12s4.5 10 10 10 10-4.5 10-10S17.5 2 12 2z')),
      ripple(),
    ),
    h('span', { class: 'MuiTypography-root MuiTypography-body1 MuiFormControlLabel-label css-9l3uo3' }, label, small ? h('span', { class: 'MuiTypography-root MuiTypography-caption css-1h7anqn' }, small) : null),
  );
}

const radios = ({ id, label, name, options, chosen, set }) =>
  h(
    'div',
    { class: 'MuiFormControl-root css-13sljp9' },
    h('span', { class: 'MuiFormLabel-root css-u4tvz2', id }, label),
    h('div', { class: 'MuiFormGroup-root MuiRadioGroup-root css-dmmspl', role: 'radiogroup', 'aria-labelledby': id }, Object.entries(options).map(([value, said]) => radio({ group: name, value, chosen: chosen === value, set, label: [said].flat()[0], small: [said].flat()[1] }))),
  );

export const title = 'Vyřízení reklamace';

export function draw({ held, submit, keep, paid, sign }) {
  const state = { received: null, solution: null, reason: null, kind: null, amount: '', description: '', photos: [], videos: [], where: 'card', open: null, honest: false };
  const other = { coupon: '', news: '', chat: '', name: 'Jana Dvořáková', street: 'Husova 12', city: 'Olomouc', phone: '' };
  const trapped = (value) => (held.trap += `${value} `);
  const root = document.createElement('div');
  const portal = document.createElement('div');
  let paidText = null;
  listen(root);
  listen(portal);
  document.body.append(portal);

  const keepFiles = () => {
    held.photos = state.photos.map((file) => file.name);
    held.videos = state.videos.map((file) => file.name);
    keep([...state.photos, ...state.videos]);
  };
  const set = (change) => {
    Object.assign(state, change);
    for (const name of ['received', 'solution', 'reason', 'kind', 'amount', 'description']) held[name] = state[name];
    render();
  };
  const alter = (name) => (value) => {
    other[name] = value;
    trapped(name);
    render();
  };

  function select({ id, label, name, options, chosen, choose, disabled }) {
    const open = state.open?.id === id;
    const show = (event) => {
      if (disabled || event.button) return;
      event.preventDefault();
      set({ open: { id, options, choose, chosen, label } });
    };
    return h(
      'div',
      { class: 'MuiFormControl-root MuiFormControl-fullWidth css-tzsjye', 'data-key': id },
      h('label', { class: `MuiFormLabel-root MuiInputLabel-root MuiInputLabel-outlined css-14s5rfu${chosen ? ' MuiInputLabel-shrink' : ''}`, id: `${id}-label` }, label),
      h(
        'div',
        { class: `MuiInputBase-root MuiOutlinedInput-root MuiSelect-root css-fvipm8${disabled ? ' Mui-disabled' : ''}` },
        h(
          'div',
          {
            tabindex: disabled ? null : '0',
            role: 'combobox',
            'aria-controls': open ? `:${id}-list:` : null,
            'aria-disabled': disabled ? 'true' : null,
            'aria-expanded': String(open),
            'aria-haspopup': 'listbox',
            'aria-labelledby': `${id}-label ${id}`,
            id,
            class: 'MuiSelect-select MuiSelect-outlined MuiInputBase-input MuiOutlinedInput-input css-qiwgdb',
            onmousedown: show,
            onkeydown: (event) => [' ', 'ArrowUp', 'ArrowDown', 'Enter'].includes(event.key) && show(event),
          },
          chosen ? options[chosen] : h('span', { class: 'notranslate', 'aria-hidden': 'true' }, '\u200b'),
        ),
        h('input', { 'aria-invalid': 'false', name, 'aria-hidden': 'true', tabindex: '-1', class: 'MuiSelect-nativeInput css-1k3x8v3', value: chosen ?? '', onchange: (event) => event.target.value in options && choose(event.target.value) }),
        icon('ArrowDropDownIcon', 'M7 10l5 5 5-5z'),
        outline(label),
      ),
    );
  }

  function menu({ id, options, choose, chosen, label }) {
    const close = () => set({ open: null });
    return h(
      'div',
      { role: 'presentation', class: 'MuiPopover-root MuiMenu-root MuiModal-root css-1sucic7', 'data-key': id },
      h('div', { 'aria-hidden': 'true', class: 'MuiBackdrop-root MuiBackdrop-invisible MuiModal-backdrop css-esi9ax', onclick: close }),
      h(
        'div',
        { class: 'MuiPaper-root MuiPaper-elevation MuiPaper-rounded MuiPaper-elevation8 MuiPopover-paper MuiMenu-paper css-pwxzbm', tabindex: '-1' },
        h(
          'ul',
          { class: 'MuiList-root MuiList-padding MuiMenu-list css-r8u8y9', role: 'listbox', tabindex: '-1', 'aria-labelledby': `${id}-label`, id: `:${id}-list:`, onkeydown: (event) => event.key === 'Escape' && close() },
          Object.entries(options).map(([value, said]) =>
            h('li', { class: `MuiButtonBase-root MuiMenuItem-root MuiMenuItem-gutters css-1km1ehz${chosen === value ? ' Mui-selected' : ''}`, tabindex: '-1', role: 'option', 'aria-selected': String(chosen === value), 'data-value': value, onclick: () => (set({ open: null }), choose(value)) }, said, ripple()),
          ),
        ),
      ),
    );
  }

  function toggles(id, label, options, chosen, choose) {
    return h(
      'div',
      { class: 'MuiStack-root css-j7qwjs' },
      text('p', 'subtitle2', id, label),
      h(
        'div',
        { role: 'group', class: 'MuiToggleButtonGroup-root css-1gf3zul', 'aria-labelledby': id },
        Object.entries(options).map(([value, said]) =>
          h('button', { class: `MuiButtonBase-root MuiToggleButtonGroup-grouped MuiToggleButtonGroup-groupedHorizontal MuiToggleButton-root css-w4u2jo${chosen === value ? ' Mui-selected' : ''}`, tabindex: '0', type: 'button', value, 'aria-pressed': String(chosen === value), onclick: () => choose(chosen === value ? null : value) }, said, ripple()),
        ),
      ),
    );
  }

  function dropzone() {
    const add = (files) => {
      const room = FILES - state.photos.length - state.videos.length;
      const added = [...files].slice(0, room);
      state.photos = [...state.photos, ...added.filter((file) => file.type.startsWith('image/'))];
      state.videos = [...state.videos, ...added.filter((file) => file.type.startsWith('video/'))];
      keepFiles();
      render();
    };
    const remove = (gone) => {
      state.photos = state.photos.filter((file) => file !== gone);
      state.videos = state.videos.filter((file) => file !== gone);
      keepFiles();
      render();
    };
    return h(
      'div',
      { class: 'MuiStack-root css-j7qwjs' },
      text('h6', 'subtitle2', null, 'Fotografie a videa'),
      h(
        'div',
        { role: 'presentation', tabindex: '0', class: 'MuiBox-root css-1y7u5b9', ondragover: (event) => event.preventDefault(), ondrop: (event) => (event.preventDefault(), add(event.dataTransfer.files)) },
        h('input', { accept: 'image/jpeg,image/png,image/webp,video/mp4', multiple: true, type: 'file', tabindex: '-1', class: 'css-hidden', onchange: (event) => event.target.files.length && add(event.target.files) }),
        icon('CloudUploadOutlinedIcon', 'M19 10a7 7 0 0 0-14-2'),
        text('p', 'body2', null, 'Přetáhněte soubory sem, nebo je vyberte kliknutím'),
        text('span', 'caption', null, `JPG, PNG, WEBP nebo MP4, nejvýše ${FILES} souborů, každý do 10 MB`),
      ),
      h(
        'ul',
        { class: 'MuiImageList-root css-1s5rrba' },
        [...state.photos, ...state.videos].map((file) =>
          h('li', { class: 'MuiImageListItem-root css-1cncd3o' }, text('span', 'caption', null, file.name), h('button', { class: 'MuiButtonBase-root MuiIconButton-root css-1yxmbwk', tabindex: '0', type: 'button', 'aria-label': `Odebrat ${file.name}`, onclick: () => remove(file) }, icon('CloseIcon', 'M19 6 6 19'), ripple())),
        ),
      ),
    );
  }

  const money = (value) => set({ amount: value.replace(/[^\d.,]/g, '') });
  const number = () => Number.parseFloat(state.amount.replace(',', '.'));

  function form() {
    const reasons = REASONS[state.received] ?? {};
    const kind = KINDS[state.reason];
    const tooMuch = paidText && number() > paidText.number;
    return h(
      'form',
      { class: 'MuiPaper-root MuiPaper-outlined css-1k9u1zn', novalidate: true, autocomplete: 'off', onsubmit: submit },
      text('h2', 'h6', null, 'Co se s objednávkou stalo?'),
      toggles(':r1:', 'Dorazila vám zásilka?', { yes: 'Ano, mám ji doma', no: 'Ne, nic nepřišlo' }, state.received, (received) => set({ received, reason: null, kind: null })),
      select({ id: 'reklamace-duvod', name: 'duvod', label: 'Důvod reklamace', options: reasons, chosen: state.reason, choose: (reason) => set({ reason, kind: null }), disabled: !state.received }),
      kind ? select({ id: 'reklamace-upresneni', name: 'upresneni', label: kind[0], options: kind[1], chosen: state.kind, choose: (chosen) => set({ kind: chosen }) }) : null,
      textArea({ id: ':r5:', name: 'popis', label: 'Popište závadu vlastními slovy', limit: LIMIT, value: state.description, set: (description) => set({ description }), help: `${state.description.length}/${LIMIT}` }),
      dropzone(),
      h('hr', { class: 'MuiDivider-root MuiDivider-fullWidth css-39bbo6' }),
      text('h2', 'h6', null, 'Co od prodejce očekáváte?'),
      radios({ id: ':r7:', name: ':r8:', label: 'Způsob vyřízení', options: SOLUTIONS, chosen: state.solution, set: (solution) => set({ solution }) }),
      state.solution === 'exchange' ? null : textField({ id: ':r9:', name: 'castka', label: 'Kolik peněz požadujete', start: sign, mode: 'decimal', value: state.amount, set: money, error: tooMuch, help: paidText ? `${tooMuch ? 'Nelze požadovat víc než' : 'Nejvýše'} ${paidText.text}` : ' ' }),
      radios({ id: ':rb:', name: ':rc:', label: 'Kam peníze pošleme', options: WHERE, chosen: state.where, set: (where) => (trapped('where'), set({ where })) }),
      text('h2', 'h6', null, 'Kontaktní údaje'),
      textField({ id: ':rd:', label: 'Jméno a příjmení', value: other.name, set: alter('name') }),
      textField({ id: ':re:', label: 'Ulice a číslo popisné', value: other.street, set: alter('street') }),
      textField({ id: ':rf:', label: 'Obec', value: other.city, set: alter('city') }),
      textField({ id: ':rg:', label: 'Telefon pro kurýra', type: 'tel', value: other.phone, set: alter('phone'), help: 'Nepovinné' }),
      h(
        'label',
        { class: 'MuiFormControlLabel-root css-kswf0p' },
        h('span', { class: 'MuiButtonBase-root MuiCheckbox-root PrivateSwitchBase-root css-12wnr2w' }, h('input', { class: 'PrivateSwitchBase-input css-1m9pwf3', type: 'checkbox', checked: state.honest, onclick: (event) => (trapped('honest'), set({ honest: event.target.checked })) }), icon('CheckBoxOutlineBlankIcon', 'M19 5v14H5V5h14'), ripple()),
        h('span', { class: 'MuiTypography-root MuiTypography-body1 css-9l3uo3' }, 'Prohlašuji, že všechny údaje jsou pravdivé'),
      ),
      h('button', { class: 'MuiButtonBase-root MuiButton-root MuiButton-contained MuiButton-sizeLarge css-1ujsas3', tabindex: '0', type: 'submit' }, 'Odeslat reklamaci', ripple()),
    );
  }

  function beside() {
    return h(
      'aside',
      { class: 'MuiStack-root css-1xhj18k' },
      h('div', { class: 'MuiPaper-root css-1k9u1zn' }, text('h3', 'subtitle1', null, 'Máte slevový kupón?'), textField({ id: ':s1:', label: 'Kód kupónu', value: other.coupon, set: alter('coupon') }), h('button', { class: 'MuiButtonBase-root MuiButton-root MuiButton-text', type: 'button' }, 'Uplatnit')),
      h(
        'div',
        { class: 'MuiPaper-root css-1k9u1zn' },
        text('h3', 'subtitle1', null, 'Domluvit se přímo s prodejcem'),
        textArea({ id: ':s2:', label: 'Napište zprávu', value: other.chat, set: alter('chat') }),
        h('label', { class: 'MuiButtonBase-root MuiButton-root MuiButton-text', tabindex: '0', role: 'button' }, 'Přiložit obrázek', h('input', { type: 'file', accept: 'image/*', class: 'css-hidden', onchange: () => trapped('chat picture') })),
        h('button', { class: 'MuiButtonBase-root MuiButton-root MuiButton-outlined', type: 'button', onclick: submit }, 'Odeslat zprávu'),
      ),
      h('div', { class: 'MuiPaper-root css-1k9u1zn' }, textField({ id: ':s3:', type: 'email', label: 'E-mail pro odběr novinek', value: other.news, set: alter('news') })),
    );
  }

  function render() {
    takeChildren(root, [h('div', { class: 'MuiContainer-root css-1qsxih2' }, paidText ? h('div', { class: 'MuiAlert-root css-1pxa9xg', role: 'note' }, `Za objednávku jste zaplatil(a) ${paidText.text}.`) : null, form(), beside())]);
    takeChildren(portal, state.open ? [menu(state.open)] : []);
  }

  render();
  paid().then((sum) => {
    paidText = sum;
    render();
  });
  style();
  return root;
}

function style() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .css-1qsxih2 { display: grid; grid-template-columns: minmax(0, 1fr) 260px; gap: 24px; align-items: start; }
    .css-1pxa9xg { grid-column: 1 / -1; }
    .css-1k9u1zn { display: flex; flex-direction: column; gap: 18px; padding: 20px; border: 1px solid #0002; border-radius: 4px; background: #fff; color: #000d; }
    .css-1xhj18k, .css-j7qwjs, .css-dmmspl { display: flex; flex-direction: column; gap: 12px; }
    .css-feqhe6, .css-tzsjye { position: relative; display: flex; flex-direction: column; }
    .css-14s5rfu { position: absolute; left: 14px; top: 16px; color: #0009; pointer-events: none; transition: transform .2s; transform-origin: top left; }
    .css-14s5rfu.MuiInputLabel-shrink { transform: translateY(-24px) scale(.75); background: #fff; }
    .css-1bp1ao6, .css-8ewcdo, .css-fvipm8 { position: relative; display: flex; align-items: center; }
    .css-1x5jdmq, .css-u36398, .css-qiwgdb { box-sizing: border-box; width: 100%; min-height: 56px; padding: 16px 14px; border: 0; background: none; font: inherit; }
    .css-shadow { visibility: hidden; position: absolute; overflow: hidden; height: 0; min-height: 0; top: 0; left: 0; transform: translateZ(0); padding-block: 0; width: 100%; }
    .css-igs3ac { position: absolute; inset: -5px 0 0; margin: 0; padding: 0 8px; border: 1px solid #0004; border-radius: 4px; pointer-events: none; overflow: hidden; }
    .css-14lo706 { height: 11px; font-size: .75em; visibility: hidden; max-width: .01px; white-space: nowrap; }
    .css-1k3x8v3 { bottom: 0; left: 0; position: absolute; opacity: 0; pointer-events: none; width: 100%; box-sizing: border-box; }
    .css-1m9pwf3 { cursor: inherit; position: absolute; opacity: 0; width: 100%; height: 100%; top: 0; left: 0; margin: 0; padding: 0; z-index: 1; }
    .css-vqmohf, .css-12wnr2w { position: relative; display: inline-flex; padding: 9px; }
    .css-kswf0p { display: inline-flex; align-items: center; cursor: pointer; }
    .css-1h7anqn { display: block; color: #0009; font-size: .8em; }
    .css-vubbuv { width: 24px; height: 24px; fill: currentColor; }
    .css-1gf3zul { display: inline-flex; }
    .css-w4u2jo { padding: 11px; border: 1px solid #0002; background: none; cursor: pointer; font: inherit; }
    .css-w4u2jo.Mui-selected { background: #1976d214; color: #1976d2; }
    .css-1y7u5b9 { padding: 24px; border: 2px dashed #0003; text-align: center; cursor: pointer; position: relative; }
    .css-hidden { border: 0; clip: rect(0, 0, 0, 0); clip-path: inset(50%); height: 1px; margin: 0 -1px -1px 0; overflow: hidden; padding: 0; position: absolute; width: 1px; white-space: nowrap; }
    .css-1sucic7 { position: fixed; inset: 0; z-index: 1300; }
    .css-esi9ax { position: fixed; inset: 0; z-index: -1; }
    .css-pwxzbm { position: absolute; top: 120px; left: 320px; min-width: 320px; background: #fff; color: #000d; border-radius: 4px; box-shadow: 0 5px 15px #0005; }
    .css-r8u8y9 { margin: 0; padding: 8px 0; list-style: none; }
    .css-1km1ehz { padding: 6px 16px; cursor: pointer; }
    .css-w0pj6f { position: absolute; inset: 0; overflow: hidden; pointer-events: none; }
    .css-1wc848c { margin: 3px 14px 0; color: #0009; font-size: .75em; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
