// A letter as parts that can be shown and moved, and the way back: what nobody touched is written as it was, to the letter.
// Pure.
import { carry, cut, includedName, lineOf, type Piece, restore, Unreadable } from './carrying';
import { carryLine, isWritable, sayValue, showContent, writeContent } from './content';
import { type Element, type Markup, readMarkup, walk } from './markup';

/** What a part of a letter is: an element whose words or looks can be changed, something that is kept as it is and
    shown, or a mark where Jinja or a comment stands. */
export type Part = {
  readonly kind: 'element' | 'fixed' | 'include' | 'mark';
  /** Which node of the source it came from. */
  readonly origin: number;
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of an element with words: those, for the canvas. Of anything else that is no element: its source. */
  readonly content: string | null;
  readonly parts: readonly Part[] | null;
  /** Of the body: what the head says of the letter, as one types it. */
  readonly lines?: Lines;
};
/** The subject, and the line that mailboxes show beside it; null: the head has none. */
export type Lines = Readonly<Record<'mj-title' | 'mj-preview', string | null>>;
/** A part as it stands on the canvas now; no origin: it is new. */
export type Shown = Omit<Part, 'origin' | 'parts'> & { readonly origin: number | null; readonly parts: readonly Shown[] | null };
type Kept = { readonly from: number; readonly to: number; readonly lead: string; readonly parent: number; readonly element: Element | null };
export type Letter = { readonly source: string; readonly text: string; readonly pieces: Piece[]; readonly head: string; readonly lines: Readonly<Record<keyof Lines, Element | undefined>>; readonly kept: readonly Kept[]; readonly body: Part };

const HOLDS = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero', 'mj-social']);
const WORDS = new Set(['mj-text', 'mj-button', 'mj-social-element']);
const PLAIN = new Set(['mj-image', 'mj-divider', 'mj-spacer']);
const INSIDE: Readonly<Record<string, ReadonlySet<string>>> = {
  'mj-body': new Set(['mj-section', 'mj-wrapper', 'mj-hero']), 'mj-wrapper': new Set(['mj-section']), 'mj-section': new Set(['mj-column', 'mj-group']), 'mj-group': new Set(['mj-column']), 'mj-social': new Set(['mj-social-element']),
};
const STEP = '  ';

/** Reads a source. Throws `Unreadable` where it has a mistake, or no body. */
export function readLetter(source: string): Letter {
  const { text, pieces } = carry(source);
  let nodes: Markup[];
  try {
    nodes = readMarkup(text);
  } catch (error) {
    throw error instanceof Unreadable ? new Unreadable(error.reason, lineInSource(text, pieces, error.line)) : error;
  }
  const bodies = [...walk(nodes)].filter(({ tag }) => tag === 'mj-body');
  const [body] = bodies;
  if (body === undefined || nodes.find((node) => node.kind === 'element')?.tag !== 'mjml') throw new Unreadable('no_body', 1);
  if (bodies.length > 1) throw new Unreadable('many_bodies', lineInSource(text, pieces, lineOf(text, bodies[1]!.from)));
  const head = [...walk(nodes)].find(({ tag }) => tag === 'mj-head');
  const kept: Kept[] = [];
  const part = new Reader(text, pieces, kept).read(body, '', -1);
  const find = (tag: string) => (head?.children ?? []).find((one): one is Element => one.kind === 'element' && one.tag === tag && one.to < body.from && !one.isClosedAtOnce);
  const lines = { 'mj-title': find('mj-title'), 'mj-preview': find('mj-preview') };
  const say = (line: Element | undefined) => (line ? sayValue(text.slice(line.openTo, line.closeFrom), pieces) : null);
  const said = { 'mj-title': say(lines['mj-title']), 'mj-preview': say(lines['mj-preview']) };
  return { source, text, pieces, head: head ? text.slice(head.openTo, head.closeFrom) : '', lines, kept, body: { ...part, lines: said } };
}

class Reader {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly kept: Kept[];

  constructor(text: string, pieces: readonly Piece[], kept: Kept[]) {
    this.text = text;
    this.pieces = pieces;
    this.kept = kept;
  }

  read(element: Element, lead: string, parent: number): Part {
    const { tag } = element;
    const origin = this.keep(element.from, element.to, lead, parent, element);
    const attributes = Object.fromEntries(element.attributes.map(({ name, value }) => [name, value]));
    const inside = this.text.slice(element.openTo, element.closeFrom);
    if (HOLDS.has(tag) && this.canHold(element)) return { kind: 'element', origin, tag, attributes, content: null, parts: this.readInside(element, origin) };
    if (WORDS.has(tag) && isWritable(inside, element.children)) return { kind: 'element', origin, tag, attributes, content: showContent(inside, this.pieces), parts: null };
    if (PLAIN.has(tag)) return { kind: 'element', origin, tag, attributes, content: null, parts: null };
    return { kind: 'fixed', origin, tag, attributes, content: this.text.slice(element.from, element.to), parts: null };
  }

  /** Icons stand side by side; with anything between them they are left as they are. */
  private canHold({ tag, children }: Element): boolean {
    return tag !== 'mj-social' || children.every((child) => (child.kind === 'element' ? child.tag === 'mj-social-element' : !this.text.slice(child.from, child.to).trim()));
  }

  private readInside(element: Element, parent: number): Part[] {
    const parts: Part[] = [];
    let lead = '';
    const mark = (from: number, to: number, words: string, name: string | null) => {
      parts.push({ kind: name === null ? 'mark' : 'include', origin: this.keep(from, to, lead, parent, null), tag: name ?? '', attributes: {}, content: words, parts: null });
      lead = '';
    };
    for (const child of element.children) {
      const text = this.text.slice(child.from, child.to);
      if (child.kind === 'element') {
        const isKnown = INSIDE[element.tag]?.has(child.tag) ?? true;
        parts.push(isKnown ? this.read(child, lead, parent) : { kind: 'fixed', origin: this.keep(child.from, child.to, lead, parent, child), tag: child.tag, attributes: {}, content: text, parts: null });
        lead = '';
      } else if (child.kind === 'comment') mark(child.from, child.to, restore(text, this.pieces), null);
      else {
        let at = child.from;
        for (const one of cut(text, this.pieces)) {
          const words = typeof one === 'string' ? one : one.word;
          if (typeof one !== 'string') mark(at, at + words.length, one.piece.source, includedName(one.piece));
          else {
            const said = words.trim();
            const before = words.length - words.trimStart().length;
            lead += words.slice(0, said ? before : words.length);
            if (said) {
              mark(at + before, at + before + said.length, said, null);
              lead = words.slice(before + said.length);
            }
          }
          at += words.length;
        }
      }
    }
    return parts;
  }

  private keep(from: number, to: number, lead: string, parent: number, element: Element | null): number {
    return this.kept.push({ from, to, lead, parent, element }) - 1;
  }
}

/** The source of a letter as it stands on the canvas, where `before` is how it stood when it was opened. */
export function writeLetter(letter: Letter, before: Shown, now: Shown): string {
  const opened = new Map<number, Shown>();
  const note = (shown: Shown) => {
    if (shown.origin !== null) opened.set(shown.origin, shown);
    shown.parts?.forEach(note);
  };
  note(before);
  const body = letter.kept[letter.body.origin]!;
  const written = new Writer(letter, opened).write(now, indentBefore(letter.text, body.from));
  return restore(writeLines(letter, before.lines, now.lines).slice(0, -(letter.text.length - body.from)) + written + letter.text.slice(body.to), letter.pieces);
}

/** The text with the lines of its head as they are now. */
function writeLines({ text, pieces, lines }: Letter, before: Lines | undefined, now: Lines | undefined): string {
  const changed = (['mj-title', 'mj-preview'] as const).flatMap((tag) => {
    const [line, words] = [lines[tag], now?.[tag] ?? null];
    return line && words !== null && words !== before?.[tag] ? [{ line, words }] : [];
  });
  return changed
    .sort((one, other) => other.line.from - one.line.from)
    .reduce((written, { line, words }) => written.slice(0, line.openTo) + carryLine(words, pieces) + written.slice(line.closeFrom), text);
}

class Writer {
  readonly letter: Letter;
  readonly opened: ReadonlyMap<number, Shown>;

  constructor(letter: Letter, opened: ReadonlyMap<number, Shown>) {
    this.letter = letter;
    this.opened = opened;
  }

  write(shown: Shown, indent: string): string {
    const { text, kept } = this.letter;
    const old = shown.origin === null ? undefined : kept[shown.origin];
    if (shown.kind !== 'element') return old ? text.slice(old.from, old.to) : (shown.content ?? '');
    const inside = this.writeInside(shown, indent);
    if (old?.element && inside === text.slice(old.element.openTo, old.element.closeFrom)) {
      const close = old.element.isClosedAtOnce ? '' : text.slice(old.element.closeFrom, old.to);
      return `${this.writeOpening(shown, old.element, false)}${inside}${close}`;
    }
    if (old?.element) return `${this.writeOpening(shown, old.element, old.element.isClosedAtOnce)}${inside}</${shown.tag}>`;
    const attributes = Object.entries(shown.attributes).filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${value}"`).join('');
    return inside || shown.content !== null || shown.parts !== null ? `<${shown.tag}${attributes}>${inside}</${shown.tag}>` : `<${shown.tag}${attributes} />`;
  }

  private writeOpening(shown: Shown, { attributes, from, openTo }: Element, opens: boolean): string {
    const before = this.opened.get(shown.origin!)?.attributes ?? {};
    const tag = this.letter.text.slice(from, openTo);
    const names = new Set([...Object.keys(before), ...Object.keys(shown.attributes)]);
    const changed = new Map([...names].filter((name) => (before[name] ?? '') !== (shown.attributes[name] ?? '')).map((name) => [name, shown.attributes[name] ?? '']));
    const written = attributes.map((one) => {
      const value = changed.get(one.name);
      changed.delete(one.name);
      if (value === undefined) return tag.slice(one.from - from, one.to - from);
      return value === '' ? '' : ` ${one.name}="${value}"`;
    });
    for (const [name, value] of changed) if (value !== '') written.push(` ${name}="${value}"`);
    const last = attributes.at(-1)?.to ?? from + shown.tag.length + 1;
    const end = opens ? '>' : tag.slice(last - from);
    return `${tag.slice(0, shown.tag.length + 1)}${written.join('')}${end}`;
  }

  private writeInside(shown: Shown, indent: string): string {
    const { text, kept } = this.letter;
    const old = shown.origin === null ? undefined : kept[shown.origin];
    const before = shown.origin === null ? undefined : this.opened.get(shown.origin);
    if (shown.parts === null) {
      if (old?.element && before && before.content === shown.content) return text.slice(old.element.openTo, old.element.closeFrom);
      return shown.content === null ? '' : writeContent(shown.content);
    }
    const placed = kept.find(({ parent, lead }) => parent === shown.origin && shown.origin !== null && lead.includes('\n'));
    const deeper = placed ? placed.lead.slice(placed.lead.lastIndexOf('\n') + 1) : indent + STEP;
    const parts = shown.parts.map((part) => {
      const place = part.origin === null ? undefined : kept[part.origin];
      const lead = place && place.parent === shown.origin ? place.lead : `\n${deeper}`;
      return lead + this.write(part, deeper);
    });
    const tail = old?.element ? this.findTail(old.element, shown.origin!) : null;
    return parts.join('') + (tail ?? (parts.length > 0 ? `\n${indent}` : ''));
  }

  /** The blanks after the last part; null: there was none before which they stood. */
  private findTail({ openTo, closeFrom }: Element, origin: number): string | null {
    const { text, kept } = this.letter;
    const last = kept.findLast(({ parent }) => parent === origin);
    return last ? text.slice(last.to, closeFrom) : text.slice(openTo, closeFrom).trim() ? null : text.slice(openTo, closeFrom) || null;
  }
}

function indentBefore(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return line.trim() ? '' : line;
}

function lineInSource(text: string, pieces: readonly Piece[], line: number): number {
  const until = text.split('\n').slice(0, line - 1).join('\n');
  return restore(until, pieces).split('\n').length + (line > 1 ? 1 : 0);
}
