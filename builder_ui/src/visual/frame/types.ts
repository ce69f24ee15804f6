// How the parts of a letter are drawn: GrapesJS-MJML's types, compiled with the letter's own head, and one more type for
// what is kept as it is. What the plugin's views and models are is only known at run time.
import type { Editor } from 'grapesjs';
import type { ComponentPluginOptions } from 'grapesjs-mjml';

import { MAY_HOLD } from '../blocks';
import { carry, hasWord, type Piece, restore } from '../carrying';
import { sayPiece } from '../content';
import { finish, type Looks, type Partials, prepare, putIn } from '../looks';
import { encodeText } from '../markup';
import { nameOf } from '../words';

export const KEPT = 'sojourn-kept';
const ROWS = new Set(['mj-column', 'mj-hero']);

/** What the canvas is drawn with; changes with every letter that is opened. */
export type Drawing = { pieces: Piece[]; looks: Looks; partials: Partials; onStyles: (css: string) => void };
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any;

/** The types, as an extension of the plugin. */
export const addTypes = (drawing: Drawing) => (editor: Editor, { opt, coreMjmlView }: ComponentPluginOptions) => {
  const convert = opt.mjmlParser as unknown as (mjml: string, options: object) => { html: string };
  const compile = (mjml: string): { html: string } => {
    const { html } = convert(prepare(mjml, drawing.pieces, drawing.looks, location.origin), { fonts: {}, validationLevel: 'skip' });
    for (const [, css = ''] of html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) if (css.includes('.mj-column')) drawing.onStyles(css);
    return { html: finish(html, drawing.pieces) };
  };
  (opt as Any).mjmlParser = compile;

  const holders = (tag: string) => query(Object.keys(MAY_HOLD).filter((holder) => MAY_HOLD[holder]!.includes(tag)));
  const model = (tag: string) => ({
    // Attributes are attributes: nothing is kept a second time as a style, nothing is set that the letter does not say.
    init() {},
    isHidden: () => false,
    getMjmlAttributes(this: Any) {
      return { ...this.get('attributes') };
    },
    defaults: {
      name: nameOf('element', tag), 'style-default': {}, style: {}, stylable: false, traits: [], resizable: false,
      draggable: tag === 'mj-body' ? false : holders(tag),
      droppable: MAY_HOLD[tag] ? `${query(MAY_HOLD[tag].filter((one) => one !== 'include'))}, [data-gjs-type="${KEPT}"]` : false,
    },
  });
  const inBody = {
    getMjmlTemplate(this: Any) {
      const body = editor.getWrapper()?.components().models.find((one) => one.get('type') === 'mj-body')?.view as Any;
      return { start: `<mjml>${body ? coreMjmlView.getInnerMjmlTemplate.call(body).start : '<mj-body>'}`, end: '</mj-body></mjml>' };
    },
  };
  const body = {
    renderStyle(this: Any) {
      Object.assign(this.getChildrenContainer().style, { maxWidth: 'none', width: '100%', background: 'none' });
      const colour = String(this.model.get('attributes')['background-color'] ?? '');
      this.el.setAttribute('style', 'width: 100%; min-height: 100vh');
      this.el.style.backgroundColor = hasWord(colour) ? '' : colour;
    },
  };
  // The words of an icon stand beside its picture.
  const icon = {
    init(this: Any) {
      coreMjmlView.init.call(this);
      this.listenTo(this.model, 'change:content', this.rerender);
    },
    updateContent() {},
    getInnerMjmlTemplate(this: Any) {
      const own = coreMjmlView.getInnerMjmlTemplate.call(this);
      return { start: `${own.start}${this.model.get('content') ?? ''}`, end: own.end };
    },
  };
  const views: Readonly<Record<string, object>> = { 'mj-body': body, 'mj-section': inBody, 'mj-wrapper': inBody, 'mj-hero': inBody, 'mj-column': columnView(compile), 'mj-social-element': icon, 'mj-image': { onActive() {}, initResize() {} } };
  for (const tag of ['mj-body', 'mj-wrapper', 'mj-section', 'mj-group', 'mj-column', 'mj-hero', 'mj-social', 'mj-social-element', 'mj-text', 'mj-button', 'mj-image', 'mj-divider', 'mj-spacer']) {
    editor.Components.addType(tag, { model: model(tag) as Any, view: (views[tag] ?? {}) as Any });
  }
  addKept(editor, drawing, compile, holders);
};

const query = (tags: readonly string[]) => tags.map((tag) => `[data-gjs-type="${tag}"]`).join(', ');

/** A column, as wide as it is among the columns beside it. */
function columnView(compile: (mjml: string) => { html: string }) {
  return {
    attributes: {},
    render(this: Any) {
      this.renderAttributes();
      const parent = this.model.parent();
      const columns = parent ? parent.components().models.filter((one: Any) => ['mj-column', 'mj-group'].includes(one.get('type'))).length : 1;
      const [start, end] = parent?.get('type') === 'mj-group' ? ['<mj-group>', '</mj-group>'] : ['', ''];
      const own = this.getInnerMjmlTemplate();
      const { html } = compile(`<mjml><mj-body><mj-section>${start}${own.start}${own.end}${'<mj-column></mj-column>'.repeat(Math.max(0, columns - 1))}${end}</mj-section></mj-body></mjml>`);
      const found = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[class*="mj-column-"]')[start ? 1 : 0];
      if (found) {
        this.el.innerHTML = found.innerHTML;
        this.$el.attr(Object.fromEntries([...found.attributes].map(({ name, value }) => [name, value])));
      }
      this.inner = this.el.querySelector('table table') ? 'table table' : 'table';
      this.renderChildren();
      this.childNodes = this.getChildrenContainer().childNodes;
      this.updateStatus();
      this.postRender();
      return this;
    },
    rerender(this: Any) {
      this.render();
    },
    getChildrenSelector(this: Any) {
      return this.inner;
    },
    renderStyle() {},
  };
}

/** What is kept as it is: shown as the letter will show it, or as a mark. */
function addKept(editor: Editor, drawing: Drawing, compile: (mjml: string) => { html: string }, holders: (tag: string) => string) {
  editor.Components.addType(KEPT, {
    model: {
      defaults: { tagName: 'div', droppable: false, editable: false, traits: [], stylable: false, highlightable: true, resizable: false },
      init(this: Any) {
        const [kind, tag] = [this.get('partKind'), this.get('partTag')];
        this.set('name', nameOf(kind, tag, this.get('source')));
        if (!this.get('isLocked')) this.set({ draggable: kind === 'mark' ? false : holders(kind === 'include' ? 'include' : tag), copyable: kind !== 'mark', removable: kind !== 'mark' });
      },
    } as Any,
    view: {
      tagName(this: Any) {
        return ROWS.has(this.model.parent()?.get('type')) ? 'tr' : 'div';
      },
      render(this: Any) {
        this.renderAttributes();
        const [kind, source, isRow] = [this.model.get('partKind') as string, this.model.get('source') as string, this.el.tagName === 'TR'];
        const shown = kind === 'mark' ? `<span class="sojourn-mark">${encodeText(sayPiece(source))}</span>` : drawKept(source, isRow);
        this.el.className += ` sojourn-kept ${kind}`;
        this.el.innerHTML = isRow ? `<td>${shown}</td>` : shown;
        this.postRender();
        return this;
      },
    } as Any,
  });

  function drawKept(source: string, isRow: boolean): string {
    const { text } = carry(putIn(restore(source, drawing.pieces), drawing.partials), drawing.pieces);
    const [start, end] = isRow ? ['<mj-section><mj-column>', '</mj-column></mj-section>'] : ['', ''];
    const shown = new DOMParser().parseFromString(compile(`<mjml><mj-body>${start}${text}${end}</mj-body></mjml>`).html, 'text/html');
    const found = isRow ? shown.querySelector('[class*="mj-column-"] > table') : shown.body;
    return isRow ? (found ? `<table width="100%">${found.innerHTML}</table>` : '') : (found?.innerHTML ?? '');
  }
}
