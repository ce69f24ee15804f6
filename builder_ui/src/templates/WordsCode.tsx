import { useComputedColorScheme } from '@mantine/core';
import { autocompletion, type CompletionContext } from '@codemirror/autocomplete';
import { EditorState, Prec, type Transaction, type TransactionSpec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useMemo } from 'react';

import { codeLook } from '../ui/codeLook';
import { completeWords, LOOKED_AT } from './completing';
import { cutBack } from './fitting';
import type { WordsProps } from './WordsField';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const BARE = { lineNumbers: false, foldGutter: false, highlightActiveLine: false, highlightActiveLineGutter: false, searchKeymap: false };
const LOOK = EditorView.theme({
  '&.cm-editor': { border: '1px solid var(--mantine-color-default-border)', borderRadius: 'var(--mantine-radius-md)', backgroundColor: 'var(--mantine-color-default)', color: 'var(--mantine-color-text)' },
  '&.cm-editor.cm-focused': { outline: 'none', borderColor: 'var(--mantine-primary-color-filled)' },
  '&.cm-editor .cm-scroller': { fontFamily: 'var(--mantine-font-family)', fontSize: 'var(--mantine-font-size-sm)', lineHeight: '22px' },
  '&.cm-editor .cm-content': { padding: '6px 0' },
  '&.cm-editor .cm-line': { padding: '0 12px' },
});

/** Words with Jinja in an editor that looks like a field, and completes what a template may look up. */
export default function WordsCode({ labelledBy, describedBy, value, change, mayEdit, isLine = false, most, rows = 1, isRequired = false, attributes, offered }: WordsProps & { readonly labelledBy: string; readonly describedBy?: string }) {
  const scheme = useComputedColorScheme('light');
  const extensions = useMemo(() => [
    autocompletion({ override: [(context: CompletionContext) => completeWords(context.state.sliceDoc(Math.max(0, context.pos - LOOKED_AT), context.pos), context.pos, attributes, [], offered)] }),
    EditorState.transactionFilter.of((change) => fit(change, most, isLine)),
    ...(isLine ? [Prec.high(keymap.of([{ key: 'Enter', run: () => true }]))] : []),
    EditorView.lineWrapping,
    LOOK, // what comes first wins
    codeLook,
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ 'aria-labelledby': labelledBy, ...(describedBy ? { 'aria-describedby': describedBy } : {}), 'aria-multiline': String(!isLine), ...(isRequired ? { 'aria-required': 'true' } : {}) }),
  ], [attributes, offered, most, isLine, isRequired, labelledBy, describedBy]);
  return <CodeMirror value={value} theme={scheme} editable={mayEdit} readOnly={!mayEdit} basicSetup={BARE} indentWithTab={false} minHeight={`${rows * 22 + 14}px`} extensions={extensions} onChange={change} />;
}

/** What somebody enters, without what would be too long, and without lines where there is one alone. */
function fit(change: Transaction, most: number, isLine: boolean): TransactionSpec | readonly TransactionSpec[] {
  if (!change.docChanged || !change.isUserEvent('input')) return change;
  const added: { from: number; to: number }[] = [];
  change.changes.iterChanges((_from, _to, from, to) => added.push({ from, to }));
  const changes = cutBack(change.newDoc.toString(), added, most, isLine);
  return changes.length > 0 ? [change, { changes, sequential: true }] : change;
}
