// Jinja within a letter, carried through everything that knows only MJML and HTML: each piece stands as one opaque word.
// Pure. The cutting follows Jinja's own lexer: strings and brackets are skipped while the end of a piece is looked for.
const OPEN = '\uE000';
const CLOSE = '\uE001';
const WORD = /\uE000(\d+)\uE001/g;

export type PieceKind = 'value' | 'statement' | 'comment' | 'raw';
/** One piece as it is written, with its delimiters; `keyword` is the first word of a statement. */
export type Piece = { readonly kind: PieceKind; readonly source: string; readonly keyword: string };
export type Carried = { readonly text: string; readonly pieces: Piece[] };
export type Reason = 'jinja' | 'signs' | 'markup' | 'tags' | 'no_body' | 'many_bodies';

/** Why a source cannot be shown as a picture, and in which line. */
export class Unreadable extends Error {
  readonly reason: Reason;
  readonly line: number;

  constructor(reason: Reason, line: number) {
    super(`${reason}, line ${line}`);
    this.reason = reason;
    this.line = line;
  }
}

/** The source with a word in the place of every piece of Jinja. */
export function carry(source: string, pieces: Piece[] = []): Carried {
  const sign = /[\uE000\uE001]/.exec(source);
  if (sign) throw new Unreadable('signs', lineOf(source, sign.index));
  const text: string[] = [];
  let at = 0;
  for (const { from, to } of findPieces(source)) {
    text.push(source.slice(at, from), wordOf(pieces.length));
    pieces.push(readPiece(source.slice(from, to)));
    at = to;
  }
  return { text: text.join('') + source.slice(at), pieces };
}

/** The text with every piece as it was written. */
export function restore(text: string, pieces: readonly Piece[]): string {
  return text.replace(WORD, (word, number: string) => pieces[Number(number)]?.source ?? word);
}

/** The text cut at its words: what is written, and what is carried. */
export function cut(text: string, pieces: readonly Piece[]): readonly (string | { readonly word: string; readonly piece: Piece })[] {
  const found: (string | { word: string; piece: Piece })[] = [];
  let at = 0;
  for (const match of text.matchAll(WORD)) {
    const piece = pieces[Number(match[1])];
    if (piece === undefined) continue;
    if (match.index > at) found.push(text.slice(at, match.index));
    found.push({ word: match[0], piece });
    at = match.index + match[0].length;
  }
  return at < text.length ? [...found, text.slice(at)] : found;
}

export const wordOf = (number: number) => `${OPEN}${number}${CLOSE}`;
export const hasWord = (text: string) => text.includes(OPEN);
/** The text without any piece. */
export const withoutWords = (text: string) => text.replace(WORD, '');
export const lineOf = (source: string, offset: number) => source.slice(0, offset).split('\n').length;

/** The name that an include asks for; null: the piece is none. */
export function includedName({ kind, source }: Piece): string | null {
  return kind === 'statement' ? (/^\{%[-+]?\s*include\s+(["'])([\w-]{1,64})\1\s*[-+]?%\}$/.exec(source)?.[2] ?? null) : null;
}

/** Where the pieces of a source stand. */
export function* findPieces(source: string): Generator<{ readonly from: number; readonly to: number }> {
  let at = 0;
  for (;;) {
    const from = findStart(source, at);
    if (from < 0) return;
    const to = findEnd(source, from);
    if (to < 0) throw new Unreadable('jinja', lineOf(source, from));
    yield { from, to };
    at = to;
  }
}

function findStart(source: string, at: number): number {
  const found = source.slice(at).search(/\{[{%#]/);
  return found < 0 ? -1 : at + found;
}

function findEnd(source: string, from: number): number {
  const kind = source[from + 1];
  if (kind === '#') {
    const end = source.indexOf('#}', from + 2);
    return end < 0 ? -1 : end + 2;
  }
  const end = findClosing(source, from + 2, kind === '{' ? '}}' : '%}');
  if (end < 0 || kind !== '%' || !/^\{%[-+]?\s*raw\s*[-+]?%\}$/.test(source.slice(from, end))) return end;
  const ending = /\{%[-+]?\s*endraw\s*[-+]?%\}/.exec(source.slice(end));
  return ending ? end + ending.index + ending[0].length : -1;
}

function findClosing(source: string, from: number, closing: string): number {
  let depth = 0;
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at]!;
    if (sign === '"' || sign === "'") {
      at = findQuote(source, at + 1, sign);
      if (at < 0) return -1;
    } else if (depth === 0 && source.startsWith(closing, at)) return at + 2;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth = Math.max(0, depth - 1);
  }
  return -1;
}

function findQuote(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === quote) return at;
  }
  return -1;
}

function readPiece(source: string): Piece {
  if (source.startsWith('{{')) return { kind: 'value', source, keyword: '' };
  if (source.startsWith('{#')) return { kind: 'comment', source, keyword: '' };
  const keyword = /^\{%[-+]?\s*([A-Za-z_]+)/.exec(source)?.[1] ?? '';
  return { kind: keyword === 'raw' ? 'raw' : 'statement', source, keyword };
}
