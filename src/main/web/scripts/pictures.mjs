/** Takes the pictures that the last run of the browser tests made into the tree, for the README. */
import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = fileURLToPath(new URL('../../../../target/screens/', import.meta.url));
const to = fileURLToPath(new URL('../pictures/', import.meta.url));
const LIMIT = 80_000;

for (const name of readdirSync(from).filter((file) => file.endsWith('.webp'))) {
  const { size } = statSync(from + name);
  if (size > LIMIT) throw new Error(`${name} has ${size} bytes, of ${LIMIT} allowed`);
  copyFileSync(from + name, to + name);
}
