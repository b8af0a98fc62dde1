// How ICU writes amounts of money in the languages that are read: `node tests/readers/amounts.mjs > tests/readers/amounts.tsv`.
//
// A line has the currency, its decimals, how many digits before the first group there must be for groups to be written, the
// signs between groups and before decimals, the digits, and what stands before and after the number; `-` stands for none.
const languages = 'ar cs de en es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const currencies = 'AED AUD BRL CAD CHF CLP CNY CZK EGP EUR GBP HKD HUF IDR ILS INR JOD JPY KRW KWD KZT MAD MXN NOK NZD PHP PLN QAR RON RUB SAR SEK SGD THB TND TRY TWD UAH USD VND'.split(' ');
const write = (text) => (text === '' ? '-' : text);

const lines = new Set();
for (const language of languages) {
  for (const currency of currencies) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'code']) {
      for (const numberingSystem of language === 'ar' ? ['latn', 'arab'] : [undefined]) {
        const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay, numberingSystem });
        const digits = [...'0123456789'].map((n) => new Intl.NumberFormat(language, { numberingSystem, useGrouping: false }).format(n)).join('');
        const parts = format.formatToParts(1234567.891);
        const value = (type) => parts.find((part) => part.type === type)?.value ?? '';
        const numbers = ['integer', 'group', 'decimal', 'fraction'];
        const first = parts.findIndex((part) => numbers.includes(part.type));
        const last = parts.findLastIndex((part) => numbers.includes(part.type));
        const join = (parts) => parts.map((part) => part.value).join('');
        const groupsFrom = format.formatToParts(1234).some((part) => part.type === 'group') ? 1 : 2;
        lines.add([
          currency, format.resolvedOptions().maximumFractionDigits, groupsFrom, value('group'), write(value('decimal')), digits,
          write(join(parts.slice(0, first))), write(join(parts.slice(last + 1))),
        ].join('\t'));
      }
    }
  }
}
for (const line of [...lines].sort()) console.log(line);
