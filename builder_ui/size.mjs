// Says how much the app's shell weighs, gzipped: what a browser fetches before it can show the first screen,
// scripts and styles, without the font. Fails if that is more than LIMIT.
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const LIMIT = 250_000;
const dist = new URL('dist/', import.meta.url);
const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

const files = new Set();
function collect(name) {
  const { file, css = [], imports = [] } = manifest[name];
  for (const each of [file, ...css]) files.add(each);
  for (const each of imports) if (!files.has(manifest[each].file)) collect(each);
}
collect('index.html');

let bytes = 0;
for (const file of files) bytes += gzipSync(await readFile(new URL(file, dist))).length;
console.log(`the app's shell: ${Math.round(bytes / 1000)} kB gzipped in ${files.size} files, of ${LIMIT / 1000}`);
if (bytes > LIMIT) process.exitCode = 1;
