// The dispute form as a team with a library of web components would build it, in Turkish: everything stands in open shadow roots, two
// and three deep, choices are elements of the library's own with their roles on them, and the sum is written through a mask, with a comma
// before the cents and points between the thousands. How the parts are put together is that of Shoelace.

const REASONS = {
  yes: {
    damaged: 'Ürün kırık, ezilmiş ya da hasarlı geldi',
    defective: 'Ürün çalışmıyor veya arızalı',
    wrong: 'Yanlış ürün, renk veya beden gönderilmiş',
    missing: 'Paketten eksik çıktı',
    different: 'Açıklamadaki ya da fotoğraftaki gibi değil',
    fake: 'Ürünün orijinal olmadığını düşünüyorum',
    mind: 'Fikrimi değiştirdim',
  },
  no: {
    late: 'Kargo gecikti, teslim süresi geçti',
    delivered: 'Teslim edildi görünüyor ama bende değil',
    lost: 'Kargo takibi uzun süredir ilerlemiyor',
  },
};
const PLACES = { item: 'Ürünün kendisinde', box: 'Yalnızca kutusunda', both: 'Hem üründe hem kutuda' };
const SOLUTIONS = {
  return: ['Ürünü geri gönderip paramı almak istiyorum', 'Kargo kodunu size iletiriz.'],
  refund: ['Ürün bende kalsın, param iade edilsin', 'Satıcı tutarın tamamını veya bir kısmını öder.'],
  exchange: ['Aynısının sağlamı gönderilsin', 'Stok varsa 5 iş günü içinde yola çıkar.'],
};
const LONGEST = 800;

// ── the library ──

const template = (html) => {
  const made = document.createElement('template');
  made.innerHTML = html;
  return made;
};

// An element draws itself once, and later, in a microtask, what has changed.
class Part extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(this.constructor.markup.content.cloneNode(true));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(this.constructor.css ?? '');
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.drawn();
    this.changed();
  }

  part$(name) {
    return this.shadowRoot.querySelector(`[part~="${name}"]`);
  }

  drawn() {}

  update() {}

  attributeChangedCallback() {
    this.changed();
  }

  changed() {
    if (this.waits) return;
    this.waits = true;
    queueMicrotask(() => {
      this.waits = false;
      this.update();
    });
  }

  say(kind) {
    this.dispatchEvent(new CustomEvent(kind, { bubbles: true, composed: true }));
  }
}

class Radio extends Part {
  static markup = template('<span part="base"><span part="control"></span><span part="label"><slot></slot><small part="hint"><slot name="hint"></slot></small></span></span>');
  static css = ':host { display: block; cursor: pointer; } [part=base] { display: flex; gap: 10px; padding: 12px; border: 1px solid #cbd5e1; border-radius: 10px; } :host([aria-checked=true]) [part=base] { border-color: #ea580c; } small { display: block; color: #64748b; } [part=control] { width: 18px; height: 18px; border: 2px solid #94a3b8; border-radius: 50%; }';

  connectedCallback() {
    this.setAttribute('role', 'radio');
    this.setAttribute('tabindex', '-1');
    this.changed();
  }

  update() {
    if (this.isConnected) this.setAttribute('aria-checked', String(!!this.checked));
  }
}

class RadioGroup extends Part {
  static observedAttributes = ['label'];
  static markup = template('<fieldset part="form-control" role="radiogroup" aria-labelledby="label"><label part="form-control-label" id="label" aria-hidden="false"></label><div part="form-control-input"><slot></slot></div></fieldset>');
  static css = 'fieldset { border: 0; margin: 0; padding: 0; } label { display: block; margin-bottom: 8px; font-weight: 600; } [part=form-control-input] { display: grid; gap: 8px; }';

  drawn() {
    this.shadowRoot.querySelector('slot').addEventListener('click', (event) => {
      const radio = event.target.closest('kt-radio');
      if (!radio || radio.getAttribute('value') === this.value) return;
      this.value = radio.getAttribute('value');
      this.say('kt-change');
    });
    this.addEventListener('keydown', (event) => {
      if (event.key === ' ') event.target.closest('kt-radio')?.click();
    });
  }

  set value(value) {
    this.held = value;
    this.changed();
  }

  get value() {
    return this.held ?? null;
  }

  update() {
    this.part$('form-control-label').textContent = this.getAttribute('label');
    for (const [at, radio] of [...this.querySelectorAll('kt-radio')].entries()) {
      radio.checked = radio.getAttribute('value') === this.value;
      radio.setAttribute('tabindex', radio.checked || (!this.value && at === 0) ? '0' : '-1');
      radio.changed();
    }
  }
}

class Option extends Part {
  static markup = template('<div part="base"><span part="checked-icon" aria-hidden="true">✓</span><slot></slot></div>');
  static css = ':host { display: block; cursor: pointer; } [part=base] { padding: 8px 12px; } [part=checked-icon] { visibility: hidden; } :host([aria-selected=true]) [part=checked-icon] { visibility: visible; }';

  connectedCallback() {
    this.setAttribute('role', 'option');
    if (!this.hasAttribute('aria-selected')) this.setAttribute('aria-selected', 'false');
  }
}

// The list hears where the mouse is let go, as the original does.
class Select extends Part {
  static observedAttributes = ['label', 'placeholder', 'help-text', 'disabled'];
  static markup = template(
    '<div part="form-control"><label part="form-control-label" id="label" aria-hidden="false"></label><div part="form-control-input"><div part="combobox"><input part="display-input" type="text" readonly autocomplete="off" spellcheck="false" aria-controls="listbox" aria-expanded="false" aria-haspopup="listbox" aria-labelledby="label" aria-describedby="help-text" role="combobox" tabindex="0"><input part="value-input" type="text" tabindex="-1" aria-hidden="true"><span part="expand-icon" aria-hidden="true">⌄</span></div><div id="listbox" role="listbox" aria-expanded="false" aria-multiselectable="false" aria-labelledby="label" part="listbox" tabindex="-1" hidden><slot></slot></div></div><div part="form-control-help-text" id="help-text"></div></div>',
  );
  static css = ':host { display: block; position: relative; } label { display: block; margin-bottom: 6px; font-weight: 600; } [part=combobox] { display: flex; position: relative; border: 1px solid #cbd5e1; border-radius: 8px; padding: 0 12px; cursor: pointer; } [part=display-input] { flex: 1; border: 0; min-height: 40px; background: none; font: inherit; cursor: inherit; } [part=value-input] { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; z-index: -1; border: 0; padding: 0; } [part=listbox] { position: absolute; z-index: 5; inset-inline: 0; background: #fff; border: 1px solid #cbd5e1; border-radius: 8px; } [part=listbox][hidden] { display: none; } :host([disabled]) [part=combobox] { opacity: .5; cursor: not-allowed; }';

  drawn() {
    this.part$('combobox').addEventListener('mousedown', (event) => {
      if (this.hasAttribute('disabled')) return;
      event.preventDefault();
      this.part$('display-input').focus({ preventScroll: true });
      this.opened(!this.open);
    });
    this.part$('combobox').addEventListener('keydown', (event) => {
      if (['Enter', ' ', 'ArrowDown'].includes(event.key) && !this.open && !this.hasAttribute('disabled')) {
        event.preventDefault();
        this.opened(true);
      } else if (event.key === 'Escape') this.opened(false);
    });
    this.part$('listbox').addEventListener('mouseup', (event) => {
      const option = event.target.closest('kt-option');
      if (!option) return;
      const before = this.value;
      this.value = option.getAttribute('value');
      this.opened(false);
      if (before !== this.value) this.say('kt-change');
    });
    document.addEventListener('mousedown', (event) => this.open && !event.composedPath().includes(this) && this.opened(false));
  }

  opened(open) {
    this.open = open;
    this.changed();
  }

  set value(value) {
    this.held = value;
    this.changed();
  }

  get value() {
    return this.held ?? null;
  }

  update() {
    const display = this.part$('display-input');
    this.part$('form-control-label').textContent = this.getAttribute('label');
    display.placeholder = this.getAttribute('placeholder') ?? '';
    display.disabled = this.hasAttribute('disabled');
    display.setAttribute('aria-expanded', String(!!this.open));
    const listbox = this.part$('listbox');
    listbox.setAttribute('aria-expanded', String(!!this.open));
    listbox.hidden = !this.open;
    let shown = '';
    for (const option of this.querySelectorAll('kt-option')) {
      const chosen = option.getAttribute('value') === this.value;
      option.setAttribute('aria-selected', String(chosen));
      if (chosen) shown = option.textContent.trim();
    }
    display.value = shown;
    this.part$('value-input').value = this.value ?? '';
    this.part$('form-control-help-text').textContent = this.getAttribute('help-text') ?? '';
  }
}

const lineMarkup = (control) => template(`<div part="form-control"><label part="form-control-label" for="input" aria-hidden="false"></label><div part="form-control-input"><div part="base"><span part="prefix"><slot name="prefix"></slot></span>${control}</div></div><div part="form-control-help-text" id="help-text" aria-live="polite"></div></div>`);
const lineCss = ':host { display: block; } label { display: block; margin-bottom: 6px; font-weight: 600; } [part=base] { display: flex; align-items: center; gap: 6px; padding: 0 12px; border: 1px solid #cbd5e1; border-radius: 8px; } input, textarea { flex: 1; min-height: 40px; border: 0; background: none; font: inherit; } [part=form-control-help-text] { color: #64748b; font-size: .85em; }';

class Input extends Part {
  static observedAttributes = ['label', 'placeholder', 'help-text', 'type', 'inputmode'];
  static markup = lineMarkup('<input part="input" id="input" type="text" aria-describedby="help-text">');
  static css = lineCss;

  drawn() {
    const input = this.part$('input');
    input.addEventListener('input', () => {
      this.value = this.masked ? masked(input.value) : input.value;
      this.say('kt-input');
    });
  }

  set value(value) {
    this.held = value;
    this.changed();
  }

  get value() {
    return this.held ?? '';
  }

  update() {
    const input = this.part$('input');
    this.part$('form-control-label').textContent = this.getAttribute('label');
    this.part$('form-control-help-text').textContent = this.getAttribute('help-text') ?? '';
    for (const name of ['placeholder', 'inputmode', 'maxlength', 'autocomplete']) if (this.hasAttribute(name)) input.setAttribute(name, this.getAttribute(name));
    if (input.value !== this.value) input.value = this.value;
  }
}

// Digits, one comma and two places behind it; points are put in, and points that were written are not read.
function masked(text) {
  const [whole, ...rest] = text.replace(/[^\d,]/g, '').split(',');
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  return rest.length ? `${grouped || '0'},${rest.join('').slice(0, 2)}` : grouped;
}

const unmasked = (text) => text.replaceAll('.', '').replace(',', '.');

class Textarea extends Input {
  static markup = lineMarkup('<textarea part="input" id="input" rows="4" aria-describedby="help-text"></textarea>');
}

class Upload extends Part {
  static observedAttributes = ['label', 'accept', 'multiple', 'help-text'];
  static markup = template(
    '<div part="form-control"><span part="form-control-label" id="label"></span><label part="dropzone"><input part="input" type="file" aria-labelledby="label" aria-describedby="help-text"><span part="prompt">Dosya seç veya buraya sürükle</span></label><ul part="list" aria-live="polite"></ul><div part="form-control-help-text" id="help-text"></div></div>',
  );
  static css = ':host { display: block; } #label { display: block; margin-bottom: 6px; font-weight: 600; } [part=dropzone] { display: block; position: relative; padding: 18px; border: 1px dashed #94a3b8; border-radius: 8px; text-align: center; cursor: pointer; } input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; } [part=form-control-help-text] { color: #64748b; font-size: .85em; }';

  drawn() {
    const input = this.part$('input');
    this.files = [];
    input.addEventListener('change', () => {
      this.files = [...input.files];
      this.changed();
      this.say('kt-change');
    });
  }

  update() {
    const input = this.part$('input');
    this.part$('form-control-label').textContent = this.getAttribute('label');
    this.part$('form-control-help-text').textContent = this.getAttribute('help-text') ?? '';
    input.accept = this.getAttribute('accept') ?? '';
    input.multiple = this.hasAttribute('multiple');
    this.part$('list').replaceChildren(
      ...this.files.map((file) => {
        const item = document.createElement('li');
        item.textContent = file.name;
        return item;
      }),
    );
  }
}

class Button extends Part {
  static markup = template('<button part="base" type="button"><slot></slot></button>');
  static css = 'button { padding: 12px 20px; border: 0; border-radius: 8px; background: #ea580c; color: #fff; font: inherit; cursor: pointer; }';
}

// ── the page ──

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on:')) node.addEventListener(name.slice(3), value);
    else if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(Boolean));
  return node;
};

class Claim extends Part {
  static markup = template('<section class="kt_8fQa1"><div class="kt_form_Zx02k"></div><div class="kt_rail_p9Lm"></div></section>');
  static css = '.kt_8fQa1 { display: grid; grid-template-columns: minmax(0, 1fr) 240px; gap: 20px; color: #0f172a; } .kt_form_Zx02k, .kt_rail_p9Lm { display: flex; flex-direction: column; gap: 22px; padding: 20px; border-radius: 14px; background: #fff; } h2 { margin: 0; font-size: 1.1em; } .kt_paid_3a { color: #475569; } [hidden] { display: none; }';

  begin({ held, submit, keep, paid, sign }) {
    const trapped = (event) => (held.trap += `${event.currentTarget.getAttribute('label')} `);
    const form = this.shadowRoot.querySelector('.kt_form_Zx02k');
    const rail = this.shadowRoot.querySelector('.kt_rail_p9Lm');
    const radios = (label, options, chosen) =>
      make(
        'kt-radio-group',
        { label, 'on:kt-change': chosen },
        Object.entries(options).map(([value, said]) => make('kt-radio', { value }, [said].flat()[0], Array.isArray(said) ? make('span', { slot: 'hint' }, said[1]) : null)),
      );

    const received = radios('Siparişiniz size ulaştı mı?', { yes: 'Evet, teslim aldım', no: 'Hayır, ulaşmadı' }, () => {
      held.received = received.value;
      held.reason = held.kind = null;
      reason.value = null;
      reason.replaceChildren(...Object.entries(REASONS[held.received]).map(([value, said]) => make('kt-option', { value }, said)));
      reason.removeAttribute('disabled');
      this.changed();
    });
    const reason = make('kt-select', { label: 'Sorun nedir?', placeholder: 'Size en uygun olanı seçin', disabled: '', 'on:kt-change': () => {
      held.reason = reason.value;
      held.kind = place.value = null;
      this.changed();
    } });
    const place = radios('Hasar nerede?', PLACES, () => (held.kind = place.value));
    const solution = radios('Nasıl çözülmesini istersiniz?', SOLUTIONS, () => {
      held.solution = solution.value;
      this.changed();
    });
    const amount = make('kt-input', { label: 'Geri almak istediğiniz tutar', placeholder: '0,00', inputmode: 'decimal', 'on:kt-input': () => {
      held.amount = unmasked(amount.value);
      this.changed();
    } }, make('span', { slot: 'prefix' }, sign));
    amount.masked = true;
    const description = make('kt-textarea', { label: 'Yaşadığınız sorunu anlatın', maxlength: LONGEST, placeholder: 'Ne bekliyordunuz, ne geldi?', 'on:kt-input': () => {
      held.description = description.value;
      this.changed();
    } });
    const files = () => {
      held.photos = photos.files.map((file) => file.name);
      held.videos = videos.files.map((file) => file.name);
      keep([...photos.files, ...videos.files]);
    };
    const photos = make('kt-upload', { label: 'Fotoğraflar', accept: '.jpg,.jpeg,.png', multiple: '', 'help-text': 'En fazla 5 fotoğraf, her biri en çok 5 MB', 'on:kt-change': files });
    const videos = make('kt-upload', { label: 'Video (isteğe bağlı)', accept: 'video/mp4,video/quicktime', 'help-text': 'En çok 1 dakika, 100 MB', 'on:kt-change': files });
    const address = radios('Kargo hangi adresinizden alınsın?', { home: ['Ev', 'Moda Cad. 41/3, Kadıköy, İstanbul'], work: ['İş yeri', 'Büyükdere Cad. 110, Şişli, İstanbul'] }, () => (held.trap += 'address '));
    const line = (label, attributes = {}) => make('kt-input', { label, 'on:kt-input': trapped, ...attributes });
    const paidLine = make('p', { class: 'kt_paid_3a' });
    this.parts = { reason, place, solution, amount, description, address, paidLine, held };

    form.append(
      paidLine,
      received,
      reason,
      place,
      solution,
      address,
      amount,
      description,
      photos,
      videos,
      line('Size ulaşabileceğimiz telefon', { type: 'tel', autocomplete: 'tel' }),
      make('kt-button', { 'on:click': submit }, 'Talebi gönder'),
    );
    rail.append(
      make('h2', {}, 'Satıcıya sor'),
      make('kt-textarea', { label: 'Mesajınız', placeholder: 'Satıcıya yazın…', 'on:kt-input': trapped }),
      make('kt-upload', { label: 'Mesaja görsel ekle', accept: 'image/*', 'on:kt-change': trapped }),
      make('kt-button', { 'on:click': submit }, 'Mesajı gönder'),
      make('h2', {}, 'İndirim kuponu'),
      line('Kupon kodu'),
      make('h2', {}, 'Kampanyalardan haberdar olun'),
      line('E-posta adresiniz', { type: 'email' }),
    );
    paid().then((sum) => {
      this.paid = sum;
      this.changed();
    });
  }

  update() {
    if (!this.parts) return;
    const { reason, place, solution, amount, description, address, paidLine, held } = this.parts;
    place.hidden = reason.value !== 'damaged';
    address.hidden = solution.value !== 'return';
    amount.hidden = solution.value === 'exchange';
    description.setAttribute('help-text', `${description.value.length} / ${LONGEST} karakter`);
    if (!this.paid) return;
    paidLine.textContent = `Bu siparişte ödediğiniz tutar: ${this.paid.text}`;
    const over = Number(held.amount) > this.paid.number;
    amount.setAttribute('help-text', over ? `Ödediğiniz tutarı aşamaz (${this.paid.text})` : `En çok ${this.paid.text}`);
  }
}

export const title = 'Sorun bildir ve iade iste';

export function draw(page) {
  for (const [name, part] of Object.entries({ radio: Radio, 'radio-group': RadioGroup, option: Option, select: Select, input: Input, textarea: Textarea, upload: Upload, button: Button, claim: Claim })) customElements.define(`kt-${name}`, part);
  const claim = document.createElement('kt-claim');
  claim.begin(page);
  return claim;
}
