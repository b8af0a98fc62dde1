// How ICU writes times relative to now: `node tests/readers/relative.mjs > tests/readers/relative.tsv`.
//
// A line has the language, the unit, the pattern, in which {n} is the number, and the numbers from 0 to 60 that are written so.
const languages = 'ar cs de en es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const lines = new Map();
for (const language of languages) {
  for (const unit of ['day', 'hour']) {
    for (const style of ['long', 'short', 'narrow']) {
      for (const numeric of ['always', 'auto']) {
        const format = new Intl.RelativeTimeFormat(language, { style, numeric });
        for (let count = 0; count <= 60; count += 1) {
          const parts = format.formatToParts(count, unit);
          const pattern = parts.map(({ type, value }) => (type === 'integer' ? '{n}' : value)).join('');
          const key = [language, unit, pattern].join('\t');
          lines.set(key, (lines.get(key) ?? new Set()).add(count));
        }
      }
    }
  }
}
for (const [key, counts] of lines) console.log(`${key}\t${[...counts].join(',')}`);
