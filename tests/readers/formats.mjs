// How ICU writes dates in the languages that are read: `node tests/readers/formats.mjs > tests/readers/formats.tsv`.
//
// A line has the language, the names of its months and of its weekdays in that pattern, its digits, and the pattern; `-`
// stands for none. In a pattern {d} {dd} {M} {MM} {y} {yy} are numbers, {b} and {bb} a Buddhist year, {month} and {weekday} names.
const languages = 'ar cs de en es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const shapes = [
  ...['short', 'medium', 'long', 'full'].map((dateStyle) => ({ dateStyle })),
  ...['short', 'long'].flatMap((month) => [
    { year: 'numeric', month, day: 'numeric' },
    { year: 'numeric', month, day: '2-digit' },
    { year: 'numeric', month, day: 'numeric', weekday: 'short' },
  ]),
  { year: 'numeric', month: 'numeric', day: 'numeric' },
  { year: 'numeric', month: '2-digit', day: '2-digit' },
];
const systems = [{}, { calendar: 'gregory' }, { numberingSystem: 'arab' }, { numberingSystem: 'thai' }, { numberingSystem: 'fullwide' }];
const used = { ar: [0, 1, 2], th: [0, 1, 3], ja: [0, 4], zh: [0, 4] };
// As the shop writes them, by captured pages and scrapers; the names of months are ICU's short ones.
const shop = { en: ['{month} {d}, {y}', '{month}. {d}, {y}'], pt: ['{d} {month}, {y}'], fr: ['{d} {month} {y}'], de: ['{month} {d},{y}, 07:55'] };

const day = (year, month, day) => new Date(Date.UTC(year, month, day, 12));
const lines = new Set();
for (const language of languages) {
  for (const system of (used[language] ?? [0]).map((at) => systems[at])) {
    for (const shape of shapes) {
      const format = new Intl.DateTimeFormat(language, { ...shape, ...system, timeZone: 'UTC' });
      const digits = [...'0123456789'].map((n) => new Intl.NumberFormat(language, { numberingSystem: format.resolvedOptions().numberingSystem }).format(n));
      const plain = (text) => [...text].map((letter) => (digits.includes(letter) ? digits.indexOf(letter) : letter)).join('');
      const names = (type, dates) =>
        dates.map((date) => plain(format.formatToParts(date).find((part) => part.type === type)?.value ?? ''));
      const months = names('month', Array.from({ length: 12 }, (_, month) => day(2026, month, 14)));
      const weekdays = names('weekday', Array.from({ length: 7 }, (_, n) => day(2026, 8, 7 + n)));
      const pattern = format.formatToParts(day(2026, 8, 4)).map(({ type, value }) => {
        const text = plain(value);
        const isPadded = text.startsWith('0');
        switch (type) {
          case 'day': return isPadded ? '{dd}' : '{d}';
          case 'month': return /^\d+$/.test(text) ? (isPadded ? '{MM}' : '{M}') : '{month}';
          case 'year': return { 2026: '{y}', 26: '{yy}', 2569: '{b}', 69: '{bb}' }[text];
          case 'weekday': return '{weekday}';
          case 'literal': case 'era': return value;
          default: throw new Error(`${language}: ${type} ${value}`);
        }
      }).join('');
      const list = (name, values) => (pattern.includes(name) ? values.join('|') : '-');
      lines.add([language, list('{month}', months), list('{weekday}', weekdays), digits[0] === '0' ? '-' : digits.join(''), pattern].join('\t'));
    }
  }
  const short = Array.from({ length: 12 }, (_, month) => new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(day(2026, month, 14)));
  for (const pattern of shop[language] ?? []) lines.add([language, short.join('|'), '-', '-', pattern].join('\t'));
}
for (const line of lines) console.log(line);
