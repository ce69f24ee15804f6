import { Center, Loader } from '@mantine/core';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

import { Unreadable } from '../carrying';
import { hearApp, type Opening, type ToApp, wrap } from '../protocol';
import { says } from '../words';
import { LetterCanvas } from './canvas';
import { Panes } from './Panes';
import { Properties, type UsePicture } from './Properties';
import { Toolbar } from './Toolbar';

const tellApp = (message: ToApp) => window.parent.postMessage(wrap(message), location.origin);

/** The visual editor, in its own document: shows what the app hands it, and hands back what becomes of it. */
export function Frame() {
  const place = useRef<HTMLDivElement>(null);
  const turn = useRef(0);
  /** What uses the picture that the app is asked for. */
  const picking = useRef<UsePicture>(() => undefined);
  const [canvas, setCanvas] = useState<LetterCanvas | null>(null);
  const [opening, setOpening] = useState<Opening | null>(null);

  const pick = (use: UsePicture) => {
    picking.current = use;
    tellApp({ kind: 'pick', turn: turn.current });
  };

  useEffect(() => {
    if (!place.current) return undefined;
    const made = new LetterCanvas(place.current, (source) => tellApp({ kind: 'changed', turn: turn.current, source }));
    const begin = () => {
      made.editor.Canvas.getDocument()?.addEventListener('keydown', press);
      made.editor.Canvas.getDocument()?.addEventListener('dblclick', () => pickFor(made));
      setCanvas(made);
      tellApp({ kind: 'ready' });
    };
    const press = (event: KeyboardEvent) => pressKey(event, made);
    const hear = (event: MessageEvent) => {
      const heard = hearApp(event, window.parent, location.origin);
      if (!heard || window.parent === window) return;
      if (heard.kind === 'picked') {
        if (heard.turn === turn.current) picking.current(heard.picture);
        return;
      }
      turn.current = heard.turn;
      try {
        const source = made.open(heard.opening);
        setOpening(heard.opening);
        tellApp({ kind: 'opened', turn: heard.turn, source });
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        tellApp({ kind: 'refused', turn: heard.turn, reason: error.reason, line: error.line });
      }
    };
    // The first of the two clicks has selected it.
    const pickFor = (canvas: LetterCanvas) => {
      const { selected, mayEdit } = canvas;
      if (mayEdit && selected?.get('type') === 'mj-image') pick((picture) => canvas.setPicture(selected, 'src', picture));
    };
    window.addEventListener('message', hear);
    window.addEventListener('keydown', press);
    made.editor.onReady(begin);
    return () => {
      window.removeEventListener('message', hear);
      window.removeEventListener('keydown', press);
      made.editor.destroy();
    };
  }, []);

  return (
    <div className="visual">
      {canvas && opening && <Before canvas={canvas} opening={opening} />}
      <section ref={place} className="visual-canvas" aria-label={says.letter} />
      {canvas && opening && <After canvas={canvas} pick={pick} />}
      {!opening && <Center className="visual-wait"><Loader size="sm" aria-label={says.loading} /></Center>}
    </div>
  );
}

const useCanvas = (canvas: LetterCanvas) => useSyncExternalStore(canvas.subscribe, () => canvas.turn);

function Before({ canvas, opening }: { readonly canvas: LetterCanvas; readonly opening: Opening }) {
  useCanvas(canvas);
  return (
    <>
      <section className="visual-top" aria-label={says.tools}><Toolbar canvas={canvas} values={opening.values} /></section>
      <aside className="visual-left" aria-label={says.blocks}><Panes canvas={canvas} partials={opening.partials} /></aside>
    </>
  );
}

function After({ canvas, pick }: { readonly canvas: LetterCanvas; readonly pick: (use: UsePicture) => void }) {
  useCanvas(canvas);
  return <aside className="visual-right" aria-label={says.properties}><Properties canvas={canvas} pick={pick} /></aside>;
}

/** Keys that mean the same on the canvas and beside it. */
function pressKey(event: KeyboardEvent, canvas: LetterCanvas): void {
  const isTyping = canvas.writing.isOn || (event.target as HTMLElement).closest?.('input, textarea, select') !== null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 's') {
      event.preventDefault();
      tellApp({ kind: 'save' });
    } else if (!isTyping && canvas.mayEdit && (key === 'z' || key === 'y')) {
      event.preventDefault();
      (key === 'y' || event.shiftKey ? canvas.redo : canvas.undo)();
    }
  } else if (!isTyping && canvas.mayEdit && (key === 'delete' || key === 'backspace') && event.view !== window) {
    event.preventDefault();
    canvas.remove();
  }
}
