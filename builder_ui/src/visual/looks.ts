// What a letter looks like on the canvas: the styles of its head, partials put in, and something to see in the place of
// what only a reader brings. Pure.
import { carry, cut, findPieces, hasWord, includedName, type Piece, restore, Unreadable, withoutWords } from './carrying';
import { sayPiece } from './content';
import type { Letter } from './letter';
import { encodeText, encodeValue, readMarkup, walk } from './markup';

export type Partials = Readonly<Record<string, string>>;
/** Of a head: elements that every compilation begins with, and styles of the page. */
export type Looks = { readonly head: string; readonly css: string };

const DEEPEST = 8;
const ICONS = /https:\/\/www\.mailjet\.com\/images\/theme\/v1\/icons\/ico-social\/[\w-]+\.png/g;
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="240" viewBox="0 0 600 240"><rect width="600" height="240" fill="#e9ecef"/><g fill="none" stroke="#868e96" stroke-width="6"><rect x="250" y="75" width="100" height="90" rx="10"/><path d="m256 150 28-30 22 22 16-14 24 24"/><circle cx="324" cy="102" r="8"/></g></svg>`;
/** What stands for a picture that is not known yet. */
export const PLACEHOLDER = `data:image/svg+xml;base64,${btoa(PICTURE)}`;
const ICON = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="6" fill="#fff"/></svg>')}`;

/** A source with its partials in the place of their includes; one that is unknown, or goes in circles, is left out. */
export function putIn(source: string, partials: Partials, depth = 0): string {
  const parts: string[] = [];
  let at = 0;
  try {
    for (const { from, to } of findPieces(source)) {
      const name = includedName({ kind: 'statement', source: source.slice(from, to), keyword: '' });
      const words = name === null ? source.slice(from, to) : depth < DEEPEST && Object.hasOwn(partials, name) ? putIn(partials[name]!, partials, depth + 1) : '';
      parts.push(source.slice(at, from), words);
      at = to;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error; // a partial with a mistake: the server says so
  }
  return parts.join('') + source.slice(at);
}

/** The looks that a letter's head gives to its body. */
export function readLooks(letter: Letter, partials: Partials): Looks {
  try {
    const { text } = carry(putIn(restore(letter.head, letter.pieces), partials));
    const elements = [...walk(readMarkup(text))];
    const insides = (tag: string) => elements.filter((one) => one.tag === tag).map(({ openTo, closeFrom }) => withoutWords(text.slice(openTo, closeFrom)));
    return { head: `<mj-attributes>${insides('mj-attributes').join('')}</mj-attributes>`, css: withoutDark(insides('mj-style').join('\n')) };
  } catch (error) {
    if (error instanceof Unreadable) return { head: '', css: '' };
    throw error;
  }
}

/** Styles without what they say of the dark: the canvas shows the letter by day. */
export function withoutDark(css: string): string {
  let rest = css;
  for (;;) {
    const start = rest.search(/@media[^{]*prefers-color-scheme\s*:\s*dark[^{]*\{/);
    if (start < 0) return rest;
    let depth = 0;
    let at = rest.indexOf('{', start);
    do {
      if (rest[at] === '{') depth += 1;
      if (rest[at] === '}') depth -= 1;
      at += 1;
    } while (depth > 0 && at < rest.length);
    rest = rest.slice(0, start) + rest.slice(at);
  }
}

/** MJML that can be compiled and shown: nothing is asked for from where Jinja leads, and no picture is empty. */
export function prepare(mjml: string, pieces: readonly Piece[], looks: Looks, origin: string): string {
  const shown = cut(mjml, pieces).map((part) => (typeof part === 'string' || part.piece.kind === 'value' ? (typeof part === 'string' ? part : part.word) : '')).join('');
  const addressed = shown.replace(/\s(src|background-url)="([^"]*)"/g, (whole, name: string, value: string) => {
    if (!hasWord(value)) return value === '' ? '' : whole;
    const found = cut(value, pieces).map((part) => (typeof part === 'string' ? part : /^\{\{\s*base_url\s*\}\}$/.test(part.piece.source) ? origin : null));
    if (!found.includes(null)) return ` ${name}="${found.join('')}"`;
    return name === 'src' ? ` src="${PLACEHOLDER}"` : '';
  });
  const filled = addressed.replace(/<mj-image(?![^>]*\ssrc=)/g, `<mj-image src="${PLACEHOLDER}"`);
  return filled.replace(/^\s*<mjml[^>]*>/, (tag) => `${tag.trim()}<mj-head>${looks.head}</mj-head>`);
}

/** Compiled HTML that can be shown: values by their names, icons of our own. */
export function finish(html: string, pieces: readonly Piece[]): string {
  return cut(html.replace(ICONS, ICON), pieces).map((part) => (typeof part === 'string' ? part : encodeValue(encodeText(sayPiece(part.piece.source))))).join('');
}

/** Where a partial fits: among sections, or in a head; null: it is neither. */
export function placeOf(partial: string): 'body' | 'head' | null {
  const tag = /<(mj-[a-z-]+)/.exec(partial)?.[1] ?? '';
  if (['mj-section', 'mj-wrapper', 'mj-hero', 'mj-raw'].includes(tag)) return 'body';
  return ['mj-attributes', 'mj-style', 'mj-title', 'mj-preview', 'mj-breakpoint'].includes(tag) ? 'head' : null;
}
