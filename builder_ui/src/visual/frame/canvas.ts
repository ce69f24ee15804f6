// The letter on GrapesJS's canvas. What it holds is read back as parts; every state is kept, so that undoing shows exactly
// what stood there.
import grapesjs, { type Component, type ComponentDefinition, type Editor } from 'grapesjs';
import * as mjml from 'grapesjs-mjml';

import { type Block, mayStandIn } from '../blocks';
import { carryValue, chip, sayValue } from '../content';
import { type Letter, type Lines, readLetter, type Shown, writeLetter } from '../letter';
import { encodeText } from '../markup';
import { readLooks } from '../looks';
import { type Picture, putPicture } from '../pictures';
import type { Opening } from '../protocol';
import { says } from '../words';
import { CANVAS_CSS } from './canvasLook';
import { addTypes, type Drawing, KEPT } from './types';
import { Writing } from './writing';

const PAUSE = 400;
const MOST = 200;
const WORDS = new Set(['mj-text', 'mj-button', 'mj-social-element']);
const HOLDS = new Set(['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero', 'mj-social']);
export type Path = readonly number[];
type Plugin = (editor: Editor, options: object) => void;
// The plugin is a CommonJS module: what stands in `default` is it, or holds it, as the bundler has it.
const plugin = [mjml, (mjml as { default?: unknown }).default, (mjml as { default?: { default?: unknown } }).default?.default].find((one): one is Plugin => typeof one === 'function')!;

export class LetterCanvas {
  readonly editor: Editor;
  readonly writing: Writing;
  /** Grows whenever something is to be drawn anew. */
  turn = 0;
  mayEdit = true;
  private readonly drawing: Drawing;
  private readonly styles = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private readonly onChange: (source: string) => void;
  private letter: Letter | null = null;
  private before: Shown | null = null;
  private present: Shown | null = null;
  private past: Shown[] = [];
  private future: Shown[] = [];
  private isLoading = false;
  private burst = 0;

  constructor(container: HTMLElement, onChange: (source: string) => void) {
    this.onChange = onChange;
    this.drawing = { pieces: [], looks: { head: '', css: '' }, partials: {}, onStyles: (css) => this.addStyle(css, css) };
    this.editor = grapesjs.init({
      container, height: '100%', width: '100%', fromElement: false, storageManager: false, telemetry: false, cssIcons: '', noticeOnUnload: false, log: false, protectedCss: '', baseCss: '', showOffsets: false, jsInHtml: false,
      panels: { defaults: [] }, blockManager: { custom: true }, layerManager: { custom: true }, styleManager: { custom: true }, selectorManager: { custom: true }, traitManager: { custom: true }, modal: { custom: true }, assetManager: { custom: { open() {}, close() {} } },
      keymaps: { defaults: {} }, undoManager: { trackSelection: false }, parser: { optionsHtml: { allowScripts: false, allowUnsafeAttr: false, allowUnsafeAttrValue: false } },
      deviceManager: { devices: [{ id: 'desktop', name: 'desktop', width: '' }, { id: 'phone', name: 'phone', width: '390px', widthMedia: '' }] },
      plugins: [(editor: Editor) => plugin(editor, { blocks: [], columnsPadding: '', useCustomTheme: false, resetStyleManager: false, resetDevices: false, customComponents: [addTypes(this.drawing)] })],
    } as Parameters<typeof grapesjs.init>[0]);
    // Keys are the page's own: GrapesJS's letters would select something else, its undoing knows nothing of parts.
    this.editor.onReady(() => {
      this.editor.Keymaps.removeAll();
      this.editor.UndoManager.stop();
    });
    this.writing = new Writing(this.editor, () => this.changed(), () => this.tell());
    this.editor.on('component:add component:remove component:update', () => this.changed());
    this.editor.on('component:selected component:deselected', () => this.tell());
    this.editor.on('load', () => this.tell());
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Shows a letter. Answers its source as it would be written now; throws `Unreadable`. */
  open({ source, partials, mayEdit }: Opening): string {
    const letter = readLetter(source);
    this.mayEdit = mayEdit;
    Object.assign(this.drawing, { pieces: letter.pieces, partials, looks: readLooks(letter, partials) });
    [this.letter, this.before, this.past, this.future, this.burst] = [letter, settle(letter.body), [], [], 0];
    this.styles.clear();
    this.load(this.before);
    return writeLetter(letter, this.before, this.present ?? this.before);
  }

  /** The parts as they stand. */
  get parts(): Shown | null {
    return this.present;
  }

  get selected(): Component | null {
    const found = this.editor.getSelected();
    return found && this.body && (found === this.body || isWithin(found, this.body)) ? found : null;
  }

  pathOf(component: Component): Path {
    const parent = component.parent();
    return component === this.body || !parent ? [] : [...this.pathOf(parent), component.index()];
  }

  select(path: Path): void {
    this.writing.stop();
    const found = this.at(path);
    if (found) this.editor.select(found, { scroll: true } as object);
  }

  canUndo = () => this.past.length > 0;
  canRedo = () => this.future.length > 0;
  undo = () => this.go(this.past, this.future);
  redo = () => this.go(this.future, this.past);

  /** Adds a block behind what is selected, or where it fits. */
  add({ make }: Block): void {
    this.writing.stop();
    const part = this.carryPart(make());
    const place = this.findPlace(part);
    if (!place) return;
    const [added] = place.holder.append(define(place.part), { at: place.at });
    if (added) this.editor.select(added, { scroll: true } as object);
  }

  startDrag = ({ make }: Block) => this.editor.Canvas.startDrag({ content: define(this.carryPart(make())) });
  endDrag = () => this.editor.Canvas.endDrag();

  move(by: -1 | 1): void {
    const [found, parent] = [this.selected, this.selected?.parent()];
    if (!found || !parent) return;
    this.writing.stop();
    const at = found.index() + by;
    if (at < 0 || at >= parent.components().length) return;
    found.move(parent, { at: by > 0 ? at + 1 : at });
    this.editor.select(found, { scroll: true } as object);
  }

  copy(): void {
    const [found, parent] = [this.selected, this.selected?.parent()];
    if (!found || !parent) return;
    this.writing.stop();
    const [added] = parent.append(define(this.read(found)), { at: found.index() + 1 });
    if (added) this.editor.select(added);
  }

  remove(): void {
    const [found, parent] = [this.selected, this.selected?.parent()];
    if (!found || !parent || found.get('removable') === false) return;
    this.writing.drop();
    found.remove();
    this.editor.select(parent);
  }

  attributeOf = (component: Component, name: string): string => sayValue(String((component.get('attributes') as Record<string, string>)[name] ?? ''), this.drawing.pieces);

  setAttribute(component: Component, name: string, value: string): void {
    const { [name]: _before, ...rest } = component.get('attributes') as Record<string, string>;
    component.setAttributes(value === '' ? rest : { ...rest, [name]: carryValue(value, this.drawing.pieces) });
  }

  /** Puts a picture of the instance's into an element. */
  setPicture(component: Component, name: string, picture: Picture): void {
    const before = component.get('attributes') as Record<string, string>;
    const changed = putPicture(String(component.get('type')), name, before, picture);
    component.setAttributes({ ...before, ...Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, carryValue(value, this.drawing.pieces)])) });
  }

  setLine(tag: keyof Lines, words: string): void {
    this.body?.set('lines', { ...(this.body.get('lines') as Lines), [tag]: words.replace(/\s*\n\s*/g, ' ') });
    this.changed();
  }

  setWords = (component: Component, words: string) => component.set('content', encodeText(words));

  /** Puts a value where one writes, or at the end of the text that is selected. */
  insertValue(source: string): void {
    if (this.writing.isOn) return this.writing.insert(source);
    const found = this.selected;
    if (found && WORDS.has(String(found.get('type')))) found.set('content', `${String(found.get('content') ?? '')}${chip({ source, kind: 'value' })}`);
  }

  setWidth(device: 'desktop' | 'phone'): void {
    this.editor.setDevice(device);
    this.tell();
  }

  get isPhone(): boolean {
    return this.editor.getDevice() === 'phone';
  }

  private get body(): Component | undefined {
    return this.editor.getWrapper()?.components().models.find((one) => one.get('type') === 'mj-body');
  }

  private at(path: Path): Component | undefined {
    return path.reduce<Component | undefined>((found, place) => found?.components().models[place], this.body);
  }

  private read(component: Component): Shown {
    const origin = (component.get('origin') as number | undefined) ?? null;
    const tag = String(component.get('type'));
    const attributes = { ...(component.get('attributes') as Record<string, string>) };
    if (tag === KEPT) return { kind: component.get('partKind') as Shown['kind'], origin, tag: String(component.get('partTag')), attributes: {}, content: String(component.get('source')), parts: null };
    return { kind: 'element', origin, tag, attributes, content: WORDS.has(tag) ? this.writing.wordsOf(component) : null, parts: HOLDS.has(tag) ? component.components().models.map((one) => this.read(one)) : null, ...(tag === 'mj-body' ? { lines: component.get('lines') as Lines } : {}) };
  }

  private load(shown: Shown): void {
    this.writing.drop();
    this.isLoading = true;
    this.editor.select();
    this.editor.setComponents([this.mayEdit ? define(shown) : lock(define(shown))]);
    this.isLoading = false;
    this.present = this.body ? this.read(this.body) : shown;
    this.dress();
    this.tell();
  }

  private changed(): void {
    const { body, present } = this;
    if (this.isLoading || !body || !present) return;
    const now = this.read(body);
    if (JSON.stringify(now) === JSON.stringify(present)) return;
    if (this.burst) clearTimeout(this.burst);
    else this.past = [...this.past.slice(-MOST), present];
    this.burst = window.setTimeout(() => (this.burst = 0), PAUSE);
    [this.present, this.future] = [now, []];
    this.say();
  }

  private go(from: Shown[], to: Shown[]): void {
    const next = from.pop();
    if (!next || !this.present) return;
    clearTimeout(this.burst);
    this.burst = 0;
    to.push(this.present);
    const path = this.selected ? this.pathOf(this.selected) : null;
    this.load(next);
    this.say();
    if (path && this.at(path)) this.select(path);
  }

  private say(): void {
    if (this.letter && this.before && this.present) this.onChange(writeLetter(this.letter, this.before, this.present));
    this.tell();
  }

  private tell(): void {
    this.turn += 1;
    this.listeners.forEach((listener) => listener());
  }

  private findPlace(part: Shown): { readonly holder: Component; readonly at: number; readonly part: Shown } | null {
    const { body, selected } = this;
    if (!body) return null;
    if (selected) {
      const inner = [selected, ...selected.find('[data-gjs-type="mj-column"]')].find((one) => mayStandIn(part, String(one.get('type'))) && one !== body);
      if (inner) return { holder: inner, at: inner.components().length, part };
      for (let at: Component | undefined = selected; at && at !== body; at = at.parent()) {
        const holder = at.parent();
        if (holder && mayStandIn(part, String(holder.get('type')))) return { holder, at: at.index() + 1, part };
      }
    }
    const kinds = body.components().models.map((one) => String(one.get('type')));
    const last = kinds.findLastIndex((type) => type !== KEPT);
    if (mayStandIn(part, 'mj-body')) return { holder: body, at: last + 1 || kinds.length, part };
    const column = body.components().models.filter((one) => one.get('type') === 'mj-section').flatMap((one) => one.components().models).findLast((one) => one.get('type') === 'mj-column');
    if (column) return { holder: column, at: column.components().length, part };
    const whole: Shown = { kind: 'element', origin: null, tag: 'mj-section', attributes: {}, content: null, parts: [{ kind: 'element', origin: null, tag: 'mj-column', attributes: {}, content: null, parts: [part] }] };
    return { holder: body, at: kinds.length, part: whole };
  }

  /** A new part, whose attributes are as one types them. */
  private carryPart(part: Shown): Shown {
    const attributes = Object.fromEntries(Object.entries(part.attributes).map(([name, value]) => [name, carryValue(value, this.drawing.pieces)]));
    return { ...part, attributes, parts: part.parts?.map((one) => this.carryPart(one)) ?? null };
  }

  private addStyle(key: string, css: string): void {
    if (this.styles.get(key) === css) return;
    this.styles.set(key, css);
    this.dress();
  }

  /** Gives the canvas its styles: ours, those of the letter's head, and of columns. */
  private dress(): void {
    const document = this.editor.Canvas.getDocument();
    if (!document?.head) return;
    const style = document.getElementById('sojourn') ?? document.head.appendChild(Object.assign(document.createElement('style'), { id: 'sojourn' }));
    style.textContent = [...this.styles.values(), this.drawing.looks.css, CANVAS_CSS].join('\n');
    this.editor.Canvas.getFrameEl().title = says.letter;
    document.documentElement.lang = window.document.documentElement.lang;
  }
}

/** What GrapesJS makes a part of. */
function define({ kind, origin, tag, attributes, content, parts, lines }: Shown): ComponentDefinition {
  if (kind !== 'element') return { type: KEPT, partKind: kind, partTag: tag, source: content, origin } as ComponentDefinition;
  return { type: tag, tagName: tag, attributes: { ...attributes }, ...(content === null ? {} : { content }), components: parts?.map(define) ?? [], origin, ...(lines ? { lines } : {}) } as ComponentDefinition;
}

/** The same, to be looked at only. */
function lock(made: ComponentDefinition): ComponentDefinition {
  const parts = made.components as ComponentDefinition[] | undefined;
  return { ...made, editable: false, draggable: false, droppable: false, copyable: false, removable: false, toolbar: [], isLocked: true, ...(parts ? { components: parts.map(lock) } : {}) } as ComponentDefinition;
}

/** The part as the browser will write it back, so that only what somebody changes is a change. */
function settle(part: Omit<Shown, 'parts'> & { readonly parts: readonly Shown[] | null }): Shown {
  if (part.kind !== 'element') return { ...part, attributes: {} };
  const holder = document.createElement('template');
  holder.innerHTML = part.content ?? '';
  return { ...part, content: part.content === null ? null : holder.innerHTML, parts: part.parts?.map(settle) ?? null };
}

function isWithin(component: Component, body: Component): boolean {
  for (let at = component.parent(); at; at = at.parent()) if (at === body) return true;
  return false;
}
