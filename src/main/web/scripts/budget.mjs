// What the browser has to load before anything is seen: the entry script and what it imports at once, gzipped.
import { readFileSync, existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 120 * 1024;
const dist = new URL('../dist/', import.meta.url);

if (!existsSync(dist)) {
  console.error('dist is missing: run `npm run build` first');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const first = new Set();
const visit = (key) => {
  if (!first.has(key)) {
    first.add(key);
    (manifest[key].imports ?? []).forEach(visit);
  }
};
visit('index.html');
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;
let total = 0;
for (const [key, { file, css = [] }] of Object.entries(manifest)) {
  const bytes = size(file);
  if (first.has(key)) total += bytes;
  const styles = css.map((one) => `, styles ${kB(size(one))}`).join('');
  console.log(`${first.has(key) ? 'first' : 'lazy '}  ${kB(bytes)}  ${file}${styles}`);
}
console.log(`first load: ${kB(total)} of ${kB(BUDGET)}`);
if (total > BUDGET) {
  console.error('the first load is over its budget');
  process.exit(1);
}
