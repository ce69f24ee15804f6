// The words of one text: as they stand in the source, and as they stand on the canvas, where each piece of Jinja is a chip
// that is moved and deleted as a whole. Pure.
import { carry, cut, findPieces, hasWord, type Piece, restore, Unreadable } from './carrying';
import { decode, type Element, encodeText, encodeValue, type Markup, readMarkup, VOID, walk } from './markup';

// As the server allows them: engine/messages/compose/template_rules.py.
const TAGS = new Set('a abbr b blockquote br center code del div em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre s small span strong sub sup table tbody td tfoot th thead tr u ul wbr col colgroup caption'.split(' '));
const ATTRIBUTES = new Set('align alt bgcolor cellpadding cellspacing class color colspan dir height href lang rel role rowspan src style target title valign width'.split(' '));
const GONE = new Set('script style iframe object embed svg math template noscript head title meta link base form input button select textarea video audio'.split(' '));
const BAD_STYLE = /url\s*\(|@import|expression\s*\(|javascript:|behavior\s*:|-moz-binding|\\|</i;
const CHIP = 'data-jinja';

/** Whether words can be written on the canvas: a browser tears chips out of tables. */
export function isWritable(content: string, markup: readonly Markup[]): boolean {
  return !hasWord(content) || ![...walk(markup)].some(({ tag }) => tag === 'table' || tag === 'tr' || tag === 'td');
}

/** A chip, as HTML. */
export function chip({ source, kind }: Pick<Piece, 'source' | 'kind'>): string {
  return `<span class="jinja ${kind}" ${CHIP}="${encodeValue(source)}" contenteditable="false">${encodeText(sayPiece(source))}</span>`;
}

/** What a chip says: a value without its braces and filters, of an initial only that; anything else as it is written. */
export function sayPiece(source: string): string {
  const [, value, filters = ''] = /^\{\{[-+]?\s*([\w.]+)\s*(\|[\s\S]*)?[-+]?\}\}$/.exec(source) ?? [];
  if (value === undefined) return source.replace(/\s+/g, ' ');
  return /^\|\s*first\b/.test(filters) ? value.slice(0, 1).toUpperCase() : value;
}

/** The words for the canvas. Jinja in attributes stays carried. */
export function showContent(content: string, pieces: readonly Piece[]): string {
  const shown: string[] = [];
  const show = (nodes: readonly Markup[]) => {
    for (const node of nodes) {
      if (node.kind === 'element') {
        shown.push(content.slice(node.from, node.openTo));
        show(node.children);
        shown.push(content.slice(node.closeFrom, node.to));
      } else if (node.kind === 'comment') shown.push(restore(content.slice(node.from, node.to), pieces));
      else shown.push(cut(content.slice(node.from, node.to), pieces).map((part) => (typeof part === 'string' ? part : chip(part.piece))).join(''));
    }
  };
  show(readMarkup(content));
  return shown.join('');
}

/** The words of the canvas as they are written: what a letter may hold, and Jinja where there are chips. */
export function writeContent(html: string): string {
  let nodes: Markup[];
  try {
    nodes = readMarkup(html);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return encodeText(html.replace(/<[^>]*>/g, ''));
  }
  return writeNodes(html, nodes);
}

function writeNodes(html: string, nodes: readonly Markup[]): string {
  return nodes.map((node) => {
    if (node.kind === 'element') return writeElement(html, node);
    const words = html.slice(node.from, node.to);
    return node.kind === 'text' ? readTyped(words) : words;
  }).join('');
}

function writeElement(html: string, element: Element): string {
  const { tag } = element;
  const source = element.attributes.find(({ name }) => name === CHIP)?.value;
  if (source !== undefined) return decode(source);
  if (GONE.has(tag)) return '';
  const inside = writeNodes(html, element.children);
  if (!TAGS.has(tag)) return inside;
  const attributes = element.attributes.filter(({ name, value }) => ATTRIBUTES.has(name) && !(name === 'style' && BAD_STYLE.test(value)));
  if (tag === 'span' && attributes.length === 0) return inside;
  const written = attributes.map(({ name, value }) => ` ${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`).join('');
  return VOID.has(tag) ? `<${tag}${written}>` : `<${tag}${written}>${inside}</${tag}>`;
}

/** Jinja that somebody typed: its signs are those of Jinja, not of HTML. */
function readTyped(text: string): string {
  const plain = text.replaceAll('\u00A0', '&nbsp;');
  const written: string[] = [];
  let at = 0;
  try {
    for (const { from, to } of findPieces(plain)) {
      written.push(plain.slice(at, from), decode(plain.slice(from, to)).replaceAll('\u00A0', ' '));
      at = to;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error; // a piece that is still being typed
  }
  return written.join('') + plain.slice(at);
}

/** An attribute as one types it, to what the model holds: entities written, Jinja carried. */
export const carryValue = (value: string, pieces: Piece[]) => carryTyped(value, pieces, encodeValue);
/** A line as one types it, to what is written in the source: Jinja is still carried. */
export const carryLine = (line: string, pieces: Piece[]) => carryTyped(line, pieces, encodeText);

function carryTyped(typed: string, pieces: Piece[], encode: (text: string) => string): string {
  try {
    return encode(carry(typed, pieces).text);
  } catch (error) {
    if (error instanceof Unreadable) return encode(typed);
    throw error;
  }
}

/** What the model holds, as one types it. */
export const sayValue = (value: string, pieces: readonly Piece[]) => restore(decode(value), pieces);
