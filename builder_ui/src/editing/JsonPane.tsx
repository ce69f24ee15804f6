import { Text, useComputedColorScheme } from '@mantine/core';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror from '@uiw/react-codemirror';
import { useEffect, useRef, useState } from 'react';

import type { Journey } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { readJourney, writeJourney } from './text';
import { says } from './words';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const EXTENSIONS = [json(), linter(jsonParseLinter()), lintGutter(), EditorView.lineWrapping, EditorView.cspNonce.of(nonce), EditorView.contentAttributes.of({ 'aria-label': says.jsonLabel })];

/** The draft as text. What is typed becomes the draft as soon as it is a journey; until then the draft stays. */
export default function JsonPane({ journey, mayEdit, edit, closeField }: {
  readonly journey: Journey;
  readonly mayEdit: boolean;
  readonly edit: (step: EditStep) => void;
  readonly closeField: () => void;
}) {
  const scheme = useComputedColorScheme('light');
  const written = useRef(journey);
  const [text, setText] = useState(() => writeJourney(journey));
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (journey === written.current) return; // our own typing
    written.current = journey;
    setText(writeJourney(journey));
    setProblem(null);
  }, [journey]);
  const onChange = (typed: string) => {
    setText(typed);
    const read = readJourney(typed, journey.key);
    setProblem(read.problem === null ? null : read.problem === 'shape' ? says.notAJourney : says.invalidJson(read.problem));
    if (read.journey === null) return;
    const next = read.journey;
    written.current = next;
    edit({ label: says.json, change: () => next, field: '(json)' });
  };
  return (
    <div className="json" onBlur={closeField}>
      {problem && <Text size="xs" role="alert" px="md" py={6} bg="var(--mantine-color-red-light)">{problem}</Text>}
      <CodeMirror value={text} height="100%" className="code" theme={scheme} editable={mayEdit} extensions={EXTENSIONS} onChange={onChange} basicSetup={{ searchKeymap: true }} />
    </div>
  );
}
