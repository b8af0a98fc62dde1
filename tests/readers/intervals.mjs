// How ICU writes two days as a range in the languages that are read: `node tests/readers/intervals.mjs > tests/readers/intervals.tsv`.
//
// A line has the language, the first day, and the text.
const languages = 'ar cs de en es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const shapes = [
  ...['short', 'medium', 'long', 'full'].map((dateStyle) => ({ dateStyle })),
  { year: 'numeric', month: 'short', day: 'numeric' },
  { year: 'numeric', month: 'short', day: 'numeric', weekday: 'short' },
  { year: 'numeric', month: 'numeric', day: 'numeric' },
  { year: 'numeric', month: '2-digit', day: '2-digit' },
];
const systems = [{}, { calendar: 'gregory' }, { numberingSystem: 'arab' }, { numberingSystem: 'fullwide' }];
const used = { ar: [0, 2], th: [0, 1], ja: [0, 3], zh: [0, 3] };
const pairs = [['2026-09-14', '2026-09-16'], ['2026-09-04', '2026-09-06'], ['2026-08-28', '2026-09-04'], ['2026-12-28', '2027-01-03']];

const lines = new Set();
for (const language of languages) {
  for (const system of (used[language] ?? [0]).map((at) => systems[at])) {
    for (const shape of shapes) {
      const format = new Intl.DateTimeFormat(language, { ...shape, ...system, timeZone: 'UTC' });
      for (const [first, last] of pairs) {
        const text = format.formatRange(new Date(first), new Date(last));
        lines.add([language, first, text.replaceAll(/[\u200e\u200f]/g, '').replaceAll(/\s/g, ' ')].join('\t'));
      }
    }
  }
}
for (const line of lines) console.log(line);
