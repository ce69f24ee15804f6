// Reads MJML and the HTML within it, over a source whose Jinja is carried; where everything stands is kept, so that what
// nobody touched can be written as it was. Pure, and as strict as the server: every tag is closed, every attribute quoted.
import { lineOf, Unreadable } from './carrying';

export type Attribute = { readonly name: string; readonly value: string; readonly from: number; readonly to: number };
/** An element: its whole from `from` to `to`, its inside from `openTo` to `closeFrom`. */
export type Element = {
  readonly kind: 'element';
  readonly tag: string;
  readonly attributes: readonly Attribute[];
  readonly from: number;
  readonly openTo: number;
  closeFrom: number;
  to: number;
  readonly isClosedAtOnce: boolean;
  readonly children: Markup[];
};
export type Words = { readonly kind: 'text' | 'comment'; readonly from: number; readonly to: number };
export type Markup = Element | Words;

export const VOID = new Set(['br', 'hr', 'img', 'wbr', 'col']);

/** What stands in a text, in order. */
export function readMarkup(text: string): Markup[] {
  const top: Markup[] = [];
  const open: Element[] = [];
  const add = (node: Markup) => (open.at(-1)?.children ?? top).push(node);
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    const end = start < 0 ? text.length : start;
    if (end > at) add({ kind: 'text', from: at, to: end });
    if (start < 0) break;
    if (text.startsWith('<!--', start)) {
      const closed = text.indexOf('-->', start + 4);
      if (closed < 0) throw new Unreadable('markup', lineOf(text, start));
      at = closed + 3;
      add({ kind: 'comment', from: start, to: at });
    } else if (text[start + 1] === '/') at = close(text, start, open);
    else {
      const element = readOpening(text, start);
      add(element);
      at = element.openTo;
      if (!element.isClosedAtOnce && !VOID.has(element.tag)) open.push(element);
    }
  }
  const left = open.at(-1);
  if (left) throw new Unreadable('tags', lineOf(text, left.from));
  return top;
}

/** All elements below, and these themselves, outermost first. */
export function* walk(nodes: readonly Markup[]): Generator<Element> {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    yield node;
    yield* walk(node.children);
  }
}

function close(text: string, start: number, open: Element[]): number {
  const found = /^<\/([A-Za-z][\w-]*)\s*>/.exec(text.slice(start, start + 200));
  const element = open.pop();
  if (!found || element?.tag !== found[1]!.toLowerCase()) throw new Unreadable('tags', lineOf(text, start));
  element.closeFrom = start;
  element.to = start + found[0].length;
  return element.to;
}

const NAME = /<([A-Za-z][\w-]*)/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
const BARE = /\s+([A-Za-z_:][\w:.-]*)(?=[\s/>])/y;
const END = /\s*(\/?)>/y;

function readOpening(text: string, from: number): Element {
  const name = match(NAME, text, from);
  if (!name) throw new Unreadable('markup', lineOf(text, from));
  const attributes: Attribute[] = [];
  let at = from + name[0].length;
  for (;;) {
    const found = match(ATTRIBUTE, text, at) ?? match(BARE, text, at);
    if (!found) break;
    attributes.push({ name: found[1]!.toLowerCase(), value: found[2] ?? found[3] ?? '', from: at, to: at + found[0].length });
    at += found[0].length;
  }
  const end = match(END, text, at);
  if (!end) throw new Unreadable('markup', lineOf(text, from));
  const to = at + end[0].length;
  return { kind: 'element', tag: name[1]!.toLowerCase(), attributes, from, openTo: to, closeFrom: to, to, isClosedAtOnce: end[1] === '/', children: [] };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/** What a text says, once its entities are read; those that are rare stay as they are. */
export function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([\dA-Fa-f]{1,6})|(\w+));/g, (whole, decimal?: string, hex?: string, named?: string) => {
    if (named !== undefined) return NAMED[named] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

export const encodeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const encodeValue = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
