// What CLDR calls the countries of src/site/ship_to.rs in the languages that are read, as the browsers say it:
// `node tests/readers/countries.mjs > tests/readers/countries.tsv`. A line has the language, the country's code, its name, and its
// short name where that is another.
import { readFileSync } from 'node:fs';

const languages = 'ar cs de en es fr he id it ja ko nl pl pt ru th tr uk vi zh'.split(' ');
const source = readFileSync(new URL('../../src/site/ship_to.rs', import.meta.url), 'utf8');
const codes = source.match(/CODES: &str = "([^"]*)"/)[1].replace(/[^A-Z]/g, '').match(/../g);
for (const language of languages) {
  const names = (style) => new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
  const [long, short] = [names('long'), names('short')];
  for (const code of codes) {
    const other = short.of(code);
    console.log([language, code, long.of(code), ...(other === long.of(code) ? [] : [other])].join('\t'));
  }
}
