import { useEffect } from 'react';

import type { Journey, NodeKey } from '../generated/journey';
import { copyNodes, readClip } from '../graph/edit/clipboard';
import { tellDone } from '../ui/tell';
import { says } from './words';

type Asked = { readonly journey: Journey; readonly keys: readonly NodeKey[]; readonly mayEdit: boolean; readonly onCut: () => void; readonly onPaste: (text: string) => void };

/** Copy, cut and paste of steps: by the browser's own events, which need no permission, and for the menu as far as the browser lets it. */
export function useClipboard({ journey, keys, mayEdit, onCut, onPaste }: Asked) {
  useEffect(() => {
    const isElsewhere = (event: Event) => event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable=true], [role=dialog]') !== null;
    const listening = new AbortController();
    const { signal } = listening;
    const put = (event: ClipboardEvent): boolean => {
      if (isElsewhere(event) || keys.length === 0 || document.getSelection()?.isCollapsed === false) return false;
      event.clipboardData?.setData('text/plain', copyNodes(journey, keys));
      event.preventDefault();
      tellDone(says.copied(keys.length));
      return true;
    };
    document.addEventListener('copy', put, { signal });
    document.addEventListener('cut', (event) => mayEdit && put(event) && onCut(), { signal });
    document.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!mayEdit || isElsewhere(event) || !readClip(text)) return;
      event.preventDefault();
      onPaste(text);
    }, { signal });
    return () => listening.abort();
  });
  const copy = async () => {
    if (keys.length === 0) return;
    await navigator.clipboard.writeText(copyNodes(journey, keys));
    tellDone(says.copied(keys.length));
  };
  return {
    copy: () => void copy(),
    cut: () => void copy().then(() => keys.length > 0 && onCut()),
    paste: () => void navigator.clipboard.readText().then((text) => (readClip(text) ? onPaste(text) : tellDone(says.nothingToPaste)), () => tellDone(says.pasteHint)),
  };
}
