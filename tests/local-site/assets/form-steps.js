// The dispute form as a team that lets its server draw pages would make it, in Japanese and for a telephone first: a list of terms with
// marks for what is required, two steps, parts of the page that the server sends anew after an answer, a sheet from the foot of the
// screen with the reasons in it, and one input for each photo.

const REASONS = [
  ['商品の状態', { damaged: '割れ・へこみ・傷がある', defective: '電源が入らない・動作がおかしい', dirty: '汚れ・においが気になる' }],
  ['お届けの内容', { wrong: '頼んだものと違うものが入っていた', missing: '入っていないものがある' }],
  ['商品ページの表示', { different: '掲載写真や説明文と違う', fake: 'にせものの可能性がある' }],
  ['ご自身の都合', { size: '大きさが合わなかった', mind: 'いらなくなった' }],
];
const NOT_COME = [['配送について', { late: '予定日を過ぎても届かない', delivered: '配達完了と表示されているが受け取っていない', returned: '差出人に戻されてしまった' }]];
const PARTS = { item: '商品本体', box: '外箱・梱包のみ', both: '商品本体と外箱の両方' };
const SOLUTIONS = {
  yes: { return: '商品を送り返して、返金を受ける', refund: '商品は送り返さず、返金だけ受ける', exchange: '同じ商品をもう一度送ってもらう' },
  no: { refund: '返金を受ける', exchange: 'もう一度送ってもらう' },
};
const PHOTOS = 3;
const LONGEST = 600;
const DELAY = 140;

function e(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== null && value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const must = () => e('span', { class: 'p-badge_must__x8d' }, '必須');
const may = () => e('span', { class: 'p-badge_any__2kq' }, '任意');
const row = (mark, label, body, note, id) =>
  e('div', { class: 'p-row__h1s' }, e('dt', { class: 'p-row_term__q0z' }, id ? e('label', { for: id }, label) : label, mark), e('dd', { class: 'p-row_body__m3v' }, body, note ? e('p', { class: 'p-note__e7c' }, note) : null));

export const title = '返品・返金のお申し込み';

export function draw({ held, counts, submit, keep, paid, sign }) {
  const trapped = (event) => (held.trap += `${event.target.name} `);
  const files = Array.from({ length: PHOTOS }, () => null);
  let film = null;
  let step = 0;
  let sum = null;
  const frame = e('div', { class: 'l-frame__9ab', id: 'moushikomi' });

  // What the server sends once it has the answer: all of that part of the page, drawn anew.
  function sent(old, draw) {
    old.setAttribute('aria-busy', 'true');
    setTimeout(() => old.isConnected && old.replaceWith(draw()), DELAY);
  }

  const radios = (name, options, chosen, set) =>
    e(
      'ul',
      { class: 'p-choices__k2d' },
      Object.entries(options).map(([value, said], at) =>
        e('li', { class: 'p-choices_item__0wr' }, e('input', { type: 'radio', class: 'u-hide__c4a', name, id: `${name}_${at + 1}`, value: at + 1, checked: chosen === value, onchange: () => set(value) }), e('label', { for: `${name}_${at + 1}` }, said)),
      ),
    );

  function wish() {
    const part = e('dl', { class: 'p-list__n6t', id: 'kibou' });
    if (held.received) part.append(row(must(), 'どのような対応をご希望ですか', radios('taiou', SOLUTIONS[held.received], held.solution, (value) => (held.solution = value))));
    return part;
  }

  function first() {
    return [
      e('h2', { class: 'p-title__z1' }, 'お届け状況の確認'),
      e(
        'dl',
        { class: 'p-list__n6t' },
        row(must(), 'ご注文の品はもう届きましたか', radios('todoki', { yes: 'はい、届きました', no: 'いいえ、まだです' }, held.received, (value) => {
          held.received = value;
          held.solution = held.reason = held.kind = null;
          sent(document.getElementById('kibou'), wish);
        })),
      ),
      wish(),
      e('div', { class: 'p-foot__u5' }, e('button', { type: 'submit', class: 'p-btn_main__4d', name: 'susumu', id: 'next' }, '次へ進む')),
    ];
  }

  const groups = () => (held.received === 'no' ? NOT_COME : REASONS);
  const reasonText = () => groups().map(([, options]) => options[held.reason]).find(Boolean) ?? null;

  function why() {
    const part = e('dl', { class: 'p-list__n6t', id: 'riyuu' });
    const sheet = e(
      'dialog',
      { class: 'p-sheet__b8n', 'aria-labelledby': 'riyuu-title', onclick: (event) => event.target === sheet && sheet.close() },
      e(
        'div',
        { class: 'p-sheet_in__j1' },
        e('div', { class: 'p-sheet_head__t7' }, e('h3', { id: 'riyuu-title' }, '理由を選ぶ'), e('button', { type: 'button', 'aria-label': '閉じる', onclick: () => sheet.close() }, '×')),
        groups().map(([group, options], at) =>
          e(
            'section',
            { class: 'p-sheet_group__y3' },
            e('h4', {}, group),
            Object.entries(options).map(([value, said], index) =>
              e('label', { class: 'p-sheet_item__o9' }, e('input', { type: 'radio', name: 'riyuu_cd', value: `${at + 1}0${index + 1}`, checked: held.reason === value, onchange: () => {
                held.reason = value;
                held.kind = null;
                sheet.close();
                sent(document.getElementById('riyuu'), why);
              } }), e('span', {}, said)),
            ),
          ),
        ),
      ),
    );
    const opener = e('button', { type: 'button', class: 'p-opener__s6', 'aria-haspopup': 'dialog', onclick: () => sheet.showModal() }, e('span', {}, reasonText() ?? '選択してください'), e('span', { class: 'p-chevron__1', 'aria-hidden': 'true' }, '›'));
    part.append(row(must(), 'お申し込みの理由', [opener, sheet]));
    if (held.reason === 'damaged') part.append(row(must(), '傷んでいる箇所', radios('kasho', PARTS, held.kind, (value) => (held.kind = value))));
    return part;
  }

  function photoInputs() {
    return e(
      'ul',
      { class: 'p-photos__g2' },
      files.map((file, at) =>
        e('li', { class: 'p-photos_item__f8' }, e('label', { for: `gazou_${at + 1}`, class: 'p-photos_face__d4' }, file ? file.name : `${at + 1}枚目`), e('input', { type: 'file', class: 'u-hide__c4a', id: `gazou_${at + 1}`, name: `gazou[${at}]`, accept: 'image/png,image/jpeg', onchange: (event) => {
          files[at] = event.target.files[0] ?? null;
          event.target.previousSibling.textContent = files[at] ? files[at].name : `${at + 1}枚目`;
          keepFiles();
        } })),
      ),
    );
  }

  function keepFiles() {
    const photos = files.filter(Boolean);
    held.photos = photos.map((file) => file.name);
    held.videos = film ? [film.name] : [];
    keep([...photos, ...(film ? [film] : [])]);
  }

  function second() {
    const left = e('span', { 'aria-live': 'polite' }, `あと${LONGEST}文字`);
    const note = e('span', {}, sum ? `お支払い額の${sum.text}まで` : '');
    const amount = e('input', { type: 'number', id: 'kingaku', name: 'kingaku', class: 'p-input__a1 p-input_short__7', min: '0', step: '0.01', value: held.amount, oninput: () => {
      held.amount = amount.value;
      note.textContent = sum && Number(amount.value) > sum.number ? `${sum.text}を超える金額は入力できません` : sum ? `お支払い額の${sum.text}まで` : '';
    } });
    const text = e('textarea', { id: 'naiyou', name: 'naiyou', class: 'p-input__a1', rows: '6', maxlength: LONGEST, placeholder: '例：箱を開けたところ…', oninput: () => {
      held.description = text.value;
      left.textContent = `あと${LONGEST - text.value.length}文字`;
    } });
    const line = (id, label, attributes = {}, mark = must()) => row(mark, label, e('input', { type: 'text', id, name: id, class: 'p-input__a1', oninput: trapped, ...attributes }), null, id);
    const video = e('input', { type: 'file', id: 'douga', name: 'douga', accept: 'video/*', onchange: () => {
      film = video.files[0] ?? null;
      keepFiles();
    } });
    text.value = held.description;
    return [
      e('h2', { class: 'p-title__z1' }, 'お申し込み内容の入力'),
      why(),
      e(
        'dl',
        { class: 'p-list__n6t' },
        row(must(), 'ご希望の金額', [amount, e('span', { class: 'p-unit__5' }, sign)], note, 'kingaku'),
        row(must(), '状況の説明', text, left, 'naiyou'),
        row(may(), 'お写真', photoInputs(), `傷んでいる箇所がわかるもの（最大${PHOTOS}枚、JPEGまたはPNG）`),
        row(may(), '動画', video, '1分以内', 'douga'),
      ),
      e('h2', { class: 'p-title__z1' }, 'ご連絡先'),
      e('dl', { class: 'p-list__n6t' }, line('yubin', '郵便番号', { autocomplete: 'postal-code', inputmode: 'numeric' }), line('jusho', 'ご住所', { autocomplete: 'street-address' }), line('tel', '日中つながる電話番号', { type: 'tel' }), line('bikou', '集荷担当者への伝言', {}, may())),
      e('p', { class: 'p-agree__3' }, e('label', {}, e('input', { type: 'checkbox', name: 'doui', onchange: trapped }), '返品・返金の規約に同意する')),
      e('div', { class: 'p-foot__u5' }, e('button', { type: 'button', class: 'p-btn_sub__4e', onclick: () => turn(0) }, '戻る'), e('button', { type: 'submit', class: 'p-btn_main__4d', name: 'kakunin' }, '入力内容を確認する')),
    ];
  }

  function form() {
    return e('form', { class: 'p-form__r2', method: 'post', novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      if (step === 1) return submit(event);
      counts.steps += 1;
      turn(1);
    } }, e('ol', { class: 'p-progress__i0' }, ['お届け状況', 'お申し込み内容', '確認', '完了'].map((name, at) => e('li', { 'aria-current': at === step ? 'step' : null }, name))), step ? second() : first());
  }

  function turn(to) {
    step = to;
    sent(frame.querySelector('form'), form);
  }

  frame.append(
    form(),
    e('section', { class: 'p-side__w4' }, e('h2', { class: 'p-title__z1' }, 'ショップに質問する'), e('form', { onsubmit: submit }, e('textarea', { name: 'toiawase', rows: '3', placeholder: 'ショップへのメッセージ', 'aria-label': 'メッセージ', oninput: trapped }), e('input', { type: 'file', name: 'tenpu', accept: 'image/*', 'aria-label': '画像を添付', onchange: trapped }), e('button', { type: 'submit' }, '送信'))),
    e('section', { class: 'p-side__w4' }, e('form', { onsubmit: submit }, e('label', {}, 'クーポンコード', e('input', { type: 'text', name: 'coupon', oninput: trapped })), e('button', { type: 'submit' }, '適用'))),
    e('section', { class: 'p-side__w4' }, e('form', { onsubmit: submit }, e('label', {}, 'お得な情報をメールで受け取る', e('input', { type: 'email', name: 'melmaga', oninput: trapped })), e('button', { type: 'submit' }, '登録'))),
  );
  paid().then((answer) => (sum = answer));
  style();
  return frame;
}

function style() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .l-frame__9ab { display: flex; flex-direction: column; gap: 20px; max-width: 480px; color: #222; }
    .p-form__r2, .p-side__w4 { padding: 16px; background: #fff; }
    .p-progress__i0 { display: flex; justify-content: space-between; margin: 0 0 16px; padding: 0; list-style: none; font-size: .8em; color: #888; }
    .p-progress__i0 [aria-current] { color: #c00; font-weight: 700; }
    .p-list__n6t { margin: 0; }
    .p-row__h1s { padding: 14px 0; border-bottom: 1px solid #eee; }
    .p-row_term__q0z { font-weight: 700; }
    .p-row_body__m3v { margin: 8px 0 0; }
    .p-badge_must__x8d, .p-badge_any__2kq { margin-left: 8px; padding: 1px 6px; border-radius: 2px; background: #c00; color: #fff; font-size: .7em; font-weight: 400; }
    .p-badge_any__2kq { background: #888; }
    .p-choices__k2d, .p-photos__g2 { margin: 0; padding: 0; list-style: none; }
    .p-photos__g2 { display: flex; gap: 8px; }
    .p-choices_item__0wr { position: relative; }
    .u-hide__c4a { position: absolute; opacity: 0; width: 1px; height: 1px; }
    .p-choices_item__0wr label { display: block; padding: 12px 12px 12px 40px; border: 1px solid #ddd; margin-top: -1px; }
    .p-choices_item__0wr input:checked + label { background: #fff3f0; font-weight: 700; }
    .p-photos_face__d4 { display: grid; place-items: center; width: 84px; height: 84px; border: 1px dashed #aaa; font-size: .75em; overflow: hidden; }
    .p-photos_item__f8 { position: relative; }
    .p-input__a1 { box-sizing: border-box; width: 100%; padding: 10px; border: 1px solid #bbb; font: inherit; }
    .p-input_short__7 { width: 10em; text-align: right; }
    .p-opener__s6 { display: flex; justify-content: space-between; width: 100%; padding: 12px; border: 1px solid #bbb; background: #fff; font: inherit; }
    .p-sheet__b8n { position: fixed; inset: auto 0 0; width: 100%; max-width: 480px; max-height: 80vh; margin: 0 auto; padding: 0; border: 0; border-radius: 16px 16px 0 0; }
    .p-sheet_in__j1 { padding: 16px; }
    .p-sheet_head__t7 { display: flex; justify-content: space-between; }
    .p-sheet_item__o9 { display: flex; gap: 10px; padding: 12px 0; border-bottom: 1px solid #eee; }
    .p-note__e7c { margin: 4px 0 0; font-size: .8em; color: #666; }
    .p-foot__u5 { display: flex; gap: 8px; margin-top: 20px; }
    .p-btn_main__4d { flex: 1; padding: 14px; border: 0; background: #c00; color: #fff; font: inherit; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
