// Writing in a text on the canvas: the browser's own editing, with chips for values, and nothing pasted but words.
import type { Component, Editor } from 'grapesjs';

import { chip } from '../content';

type Live = { readonly component: Component; readonly element: HTMLElement; html: string };

export class Writing {
  live: Live | null = null;
  isOn = false;
  private range: Range | null = null;
  private readonly onWords: () => void;

  constructor(editor: Editor, onWords: () => void, onTurn: () => void) {
    this.onWords = onWords;
    editor.setCustomRte({
      enable: (element: HTMLElement, _before: unknown, { view }: { view: { model: Component } }) => {
        const live: Live = { component: view.model, element, html: element.innerHTML };
        [this.live, this.isOn] = [live, true];
        element.contentEditable = 'true';
        element.addEventListener('input', this.read);
        element.addEventListener('paste', paste);
        element.addEventListener('keydown', this.press);
        element.ownerDocument.addEventListener('selectionchange', this.remember);
        element.focus();
        element.ownerDocument.getSelection()?.selectAllChildren(element);
        element.ownerDocument.getSelection()?.collapseToEnd();
        onTurn();
        return live;
      },
      disable: (element: HTMLElement) => {
        element.contentEditable = 'false';
        element.removeEventListener('input', this.read);
        element.removeEventListener('paste', paste);
        element.removeEventListener('keydown', this.press);
        element.ownerDocument.removeEventListener('selectionchange', this.remember);
        const ended = this.live;
        this.isOn = false;
        // Until the model has the words, which it gets in two steps, they are read from here.
        setTimeout(() => {
          if (this.live === ended && !this.isOn) this.live = null;
          onWords();
          onTurn();
        });
      },
      getContent: (element: HTMLElement) => element.innerHTML,
    } as unknown as Parameters<Editor['setCustomRte']>[0]);
  }

  /** The words of a text, also while somebody writes them. */
  wordsOf(component: Component): string {
    return this.live?.component === component ? this.live.html : String(component.get('content') ?? '');
  }

  start(component: Component): void {
    (component.view as unknown as { onActive: (event: Event) => void } | undefined)?.onActive(new MouseEvent('dblclick'));
  }

  stop(): void {
    if (this.isOn) (this.live?.component.view as unknown as { onDisable: () => void } | undefined)?.onDisable();
  }

  /** Forgets what is being written, as what it stands in is replaced. */
  drop(): void {
    this.stop();
    this.live = null;
  }

  format(command: 'bold' | 'italic' | 'underline' | 'createLink' | 'unlink', value = ''): void {
    this.comeBack();
    const document = this.live?.element.ownerDocument;
    document?.execCommand('styleWithCSS', false, 'false');
    document?.execCommand(command, false, value);
    this.read();
  }

  /** Puts a value where the cursor is. */
  insert(source: string): void {
    const document = this.live?.element.ownerDocument;
    if (!document || !this.live) return;
    this.comeBack();
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const holder = document.createElement('template');
    holder.innerHTML = chip({ source, kind: 'value' });
    const made = holder.content.firstElementChild!;
    if (range) {
      range.deleteContents();
      openBlank(range);
      range.insertNode(made);
      range.setStartAfter(made);
      range.collapse(true);
      selection?.removeAllRanges();
      selection?.addRange(range);
    } else this.live.element.append(made);
    this.read();
  }

  private comeBack(): void {
    const { live, range } = this;
    live?.element.focus();
    if (!live || !range || !live.element.contains(range.commonAncestorContainer)) return;
    const selection = live.element.ownerDocument.getSelection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  }

  private readonly read = () => {
    if (!this.live || this.live.html === this.live.element.innerHTML) return;
    this.live.html = this.live.element.innerHTML;
    this.onWords();
  };

  private readonly remember = () => {
    const selection = this.live?.element.ownerDocument.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (range && this.live?.element.contains(range.commonAncestorContainer)) this.range = range.cloneRange();
  };

  private readonly press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.stop();
    else if (event.key === 'Enter') {
      event.preventDefault();
      if (this.live?.component.get('type') === 'mj-text') this.live.element.ownerDocument.execCommand('insertLineBreak');
    }
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
}

/** A blank at the end of a line, which browsers write as one that does not break, is a plain one once something follows. */
function openBlank(range: Range): void {
  const { startContainer: node, startOffset: at } = range;
  if (node.nodeType !== 3 || (node as Text).data[at - 1] !== '\u00A0') return;
  (node as Text).replaceData(at - 1, 1, ' ');
  range.setStart(node, at);
  range.collapse(true);
}

function paste(event: ClipboardEvent): void {
  event.preventDefault();
  const document = (event.currentTarget as HTMLElement).ownerDocument;
  document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
}
