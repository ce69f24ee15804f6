import { useComputedColorScheme } from '@mantine/core';
import { autocompletion, type CompletionContext } from '@codemirror/autocomplete';
import { xml } from '@codemirror/lang-xml';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useMemo } from 'react';

import { codeLook } from '../ui/codeLook';
import type { Preview } from './asks';
import { completeAt, LOOKED_AT, type Offered } from './completing';
import { says } from './words';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';

/** The source of a letter: MJML with Jinja, completed, and marked where the server found something. */
export default function SourceEditor({ source, mayEdit, findings, attributes, partials, offered, onChange, onReady }: {
  readonly source: string;
  readonly mayEdit: boolean;
  readonly findings: Preview['findings'];
  readonly attributes: readonly string[];
  /** What it may include. */
  readonly partials: readonly string[];
  /** Where it may look things up. */
  readonly offered: Offered;
  readonly onChange: (source: string) => void;
  /** Told how to put a text where the cursor stands. */
  readonly onReady?: (insert: (text: string) => void) => void;
}) {
  const scheme = useComputedColorScheme('light');
  const extensions = useMemo(() => [
    xml(),
    lintGutter(),
    linter((view) => findings.filter(({ line }) => line >= 1 && line <= view.state.doc.lines).map(({ line, words, severity }): Diagnostic => {
      const { from, to } = view.state.doc.line(line);
      return { from, to, severity: severity === 'hint' ? 'info' : severity, message: words };
    }), { delay: 0 }),
    autocompletion({ override: [(context: CompletionContext) => completeAt(context.state.sliceDoc(Math.max(0, context.pos - LOOKED_AT), context.pos), context.pos, attributes, partials, offered)] }),
    EditorView.lineWrapping,
    codeLook,
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ 'aria-label': says.source }),
  ], [findings, attributes, partials, offered]);
  return <CodeMirror value={source} height="100%" className="code" theme={scheme} editable={mayEdit} extensions={extensions} onChange={onChange}
    onCreateEditor={(view) => onReady?.((text) => {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
      view.focus();
    })} />;
}
