import { Text, useComputedColorScheme } from '@mantine/core';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { type Diagnostic, forceLinting, linter, lintGutter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import { codeLook } from '../ui/codeLook';
import type { EditStep } from '../graph/edit/steps';
import { findNodes } from './jsonPlaces';
import { findEdit, type Flaw, readJourney, writeJourney} from './text';
import { sayFlaw } from './sayFlaw';
import { says } from './words';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const BASIC = { searchKeymap: true };
/** After so long a pause, what is typed next is undone by itself, in milliseconds. */
const BURST = 1500;

/** The draft as text. What is typed becomes the draft as soon as it is a journey; until then the draft stays. */
export default function JsonPane({ journey, problems, mayEdit, edit, closeField }: {
  readonly journey: Journey;
  readonly problems: readonly Problem[];
  readonly mayEdit: boolean;
  readonly edit: (step: EditStep) => void;
  readonly closeField: () => void;
}) {
  const scheme = useComputedColorScheme('light');
  const editor = useRef<ReactCodeMirrorRef>(null);
  const written = useRef(journey);
  const known = useRef(problems);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(() => writeJourney(journey));
  const [flaw, setFlaw] = useState<Flaw | null>(null);
  const extensions = useMemo(() => [
    json(), linter((view) => [...jsonParseLinter()(view), ...markNodes(view.state.doc.toString(), known.current)]), lintGutter(), EditorView.lineWrapping, codeLook, EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ 'aria-label': says.jsonLabel }),
  ], []);
  useEffect(() => {
    if (journey === written.current) return; // our own typing
    written.current = journey;
    const next = writeJourney(journey);
    // Only what differs is replaced, so that the cursor stays where it is.
    const view = editor.current?.view;
    if (view) view.dispatch({ changes: findEdit(view.state.doc.toString(), next) });
    setText(next);
    setFlaw(null);
  }, [journey]);
  useEffect(() => {
    known.current = problems;
    const view = editor.current?.view;
    if (view) forceLinting(view);
  }, [problems]);
  useEffect(() => () => clearTimeout(pause.current), []);
  const onChange = (typed: string) => {
    setText(typed);
    const read = readJourney(typed, journey.key);
    setFlaw(read.flaw);
    if (read.journey === null || typed === writeJourney(written.current)) return;
    const next = read.journey;
    written.current = next;
    edit({ label: says.json, change: () => next, field: '(json)' });
    clearTimeout(pause.current);
    pause.current = setTimeout(closeField, BURST);
  };
  return (
    <div className="json" onBlur={closeField}>
      {flaw && <Text size="xs" role="alert" px="md" py={6} bg="var(--mantine-color-red-light)">{sayFlaw(flaw)}</Text>}
      <CodeMirror ref={editor} value={text} height="100%" className="code" theme={scheme} editable={mayEdit} extensions={extensions} onChange={onChange} basicSetup={BASIC} />
    </div>
  );
}


/** What is to be mended, at the names of its nodes. */
function markNodes(text: string, problems: readonly Problem[]): Diagnostic[] {
  const nodes = findNodes(text);
  return problems.flatMap(({ node, severity, message }) => {
    const range = node === null ? undefined : nodes.get(node);
    return range ? [{ ...range, severity, message }] : [];
  });
}