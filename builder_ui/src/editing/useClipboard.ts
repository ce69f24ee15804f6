import { useEffect, useRef } from 'react';

import type { Journey, NodeKey } from '../generated/journey';
import { copyNodes, readClip } from '../graph/edit/clipboard';
import { tellDone } from '../ui/tell';
import type { Point } from './adding';
import { findPlace, isCovered } from './keyPlaces';
import { says } from './words';

type Asked = { readonly journey: Journey; readonly keys: readonly NodeKey[]; readonly mayEdit: boolean; readonly onCut: () => void; readonly onPaste: (text: string, at?: Point) => void };

/** What was copied last in this window, for browsers that keep the clipboard to themselves. */
let remembered: string | null = null;

/** Copy, cut and paste of steps: by the browser's own events, which need no permission, and for the menu as far as the browser lets it. */
export function useClipboard(asked: Asked) {
  const latest = useRef(asked);
  useEffect(() => {
    latest.current = asked;
  });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const isElsewhere = (event: Event) => isCovered(document) || !['canvas', 'panel'].includes(findPlace(event.target));
    const put = (event: ClipboardEvent): boolean => {
      const { journey, keys } = latest.current;
      if (isElsewhere(event) || keys.length === 0 || document.getSelection()?.isCollapsed === false) return false;
      remembered = copyNodes(journey, keys);
      event.clipboardData?.setData('text/plain', remembered);
      event.preventDefault();
      tellDone(says.copied(keys.length));
      return true;
    };
    document.addEventListener('copy', put, { signal });
    document.addEventListener('cut', (event) => latest.current.mayEdit && put(event) && latest.current.onCut(), { signal });
    document.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!latest.current.mayEdit || isElsewhere(event) || !readClip(text)) return;
      event.preventDefault();
      latest.current.onPaste(text);
    }, { signal });
    return () => listening.abort();
  }, []);
  const copy = async () => {
    const { journey, keys } = latest.current;
    if (keys.length === 0) return;
    remembered = copyNodes(journey, keys);
    tellDone(says.copied(keys.length));
    // Without it, it can still be pasted in this window.
    await globalThis.navigator.clipboard?.writeText(remembered).catch(() => undefined);
  };
  const pasteAt = async (at?: Point) => {
    const read = await readClipboard();
    const text = read !== null && readClip(read) ? read : read === null ? remembered : null;
    if (text !== null) latest.current.onPaste(text, at);
    else tellDone(read === null ? says.pasteHint : says.nothingToPaste);
  };
  return {
    copy: () => void copy(),
    cut: () => {
      void copy();
      if (latest.current.keys.length > 0) latest.current.onCut();
    },
    paste: () => void pasteAt(),
    pasteAt: (at: Point) => void pasteAt(at),
  };
}

/** What the clipboard holds; null if the browser does not say. */
async function readClipboard(): Promise<string | null> {
  try {
    return (await globalThis.navigator.clipboard?.readText()) ?? null;
  } catch {
    return null;
  }
}
