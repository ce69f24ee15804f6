import { Text, useComputedColorScheme } from '@mantine/core';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { type Diagnostic, forceLinting, linter, lintGutter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror, { type ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { codeLook } from '../ui/codeLook';
import { findNodes } from './jsonPlaces';
import { sayFlaw } from './sayFlaw';
import { findEdit, type Flaw, readJourney, shareParts, writeJourney } from './text';
import { says } from './words';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const BASIC = { searchKeymap: true };
/** So long after the last key the text is read, in milliseconds. */
const MOMENT = 120;
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
  const waiting = useRef<string | null>(null);
  const [text, setText] = useState(() => writeJourney(journey));
  const [flaw, setFlaw] = useState<Flaw | null>(null);
  const extensions = useMemo(() => [
    json(), linter((view) => [...jsonParseLinter()(view), ...markNodes(view.state.doc.toString(), known.current)]), lintGutter(), EditorView.lineWrapping, codeLook, EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({ 'aria-label': says.jsonLabel, tabindex: '0' }),
  ], []);
  useEffect(() => {
    if (journey === written.current) return; // our own typing
    written.current = journey;
    waiting.current = null;
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
  const take = (typed: string) => {
    waiting.current = null;
    const read = readJourney(typed, journey.key);
    setFlaw(read.flaw);
    if (read.journey === null) return;
    const next = shareParts(written.current, read.journey);
    if (writeJourney(next) === writeJourney(written.current)) return;
    written.current = next;
    edit({ label: says.json, change: () => next, field: '(json)' });
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  /** Read at once what was typed a moment ago. */
  const settle = () => {
    clearTimeout(pause.current);
    if (waiting.current !== null) latest.current(waiting.current);
  };
  useEffect(() => settle, []);
  const onChange = (typed: string) => {
    setText(typed);
    clearTimeout(pause.current);
    waiting.current = null;
    if (typed === writeJourney(written.current)) return void setFlaw(null); // what another edit wrote, or typing taken back
    waiting.current = typed;
    pause.current = setTimeout(() => {
      settle();
      pause.current = setTimeout(closeField, BURST);
    }, MOMENT);
  };
  return (
    <div className="json" onBlur={() => {
      settle();
      closeField();
    }}>
      {flaw && <Text size="xs" role="alert" px="md" py={6} bg="var(--mantine-color-red-light)">{sayFlaw(flaw)}</Text>}
      <CodeMirror ref={editor} value={text} height="100%" className="code" theme={scheme} readOnly={!mayEdit} extensions={extensions} onChange={onChange} basicSetup={BASIC} />
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
