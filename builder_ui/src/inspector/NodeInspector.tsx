import { Stack, TextInput } from '@mantine/core';
import { type ComponentType, Suspense, useEffect, useState } from 'react';

import { TextField } from '../fields/TextField';
import { write } from '../fields/write';
import type { Journey, Node, NodeKey } from '../generated/journey';
import { isKey } from '../graph/edit/keys';
import { type EditStep, steps } from '../graph/edit/steps';
import { findNode } from '../graph/paths';
import { describeNode, NODES } from '../nodes/registry';
import type { FormProps, Kind } from '../nodes/types';
import { Loading } from '../ui/States';
import { words } from '../words/language';
import { AsWritten, Head, More } from './parts';
import { WaysFields } from './WaysFields';

const says = words({
  en: {
    more: 'Key and note', key: 'Key', keyMore: 'Names this step in reports and in code. What mentions it follows.', wrong: 'a to z, digits, “-” and “_”; begins with a letter', taken: 'Another step is called that',
    note: 'Note for colleagues', noteMore: 'Never changes what happens.', long: 'At most 2000 characters',
  },
  de: {
    more: 'Schlüssel und Notiz', key: 'Schlüssel', keyMore: 'Benennt diesen Schritt in Berichten und im Code. Was ihn nennt, folgt.', wrong: 'a bis z, Ziffern, „-“ und „_“; beginnt mit einem Buchstaben', taken: 'So heißt schon ein anderer Schritt',
    note: 'Notiz für Kollegen', noteMore: 'Ändert nie, was geschieht.', long: 'Höchstens 2000 Zeichen',
  },
});

/** One node: its form, and what all nodes have. */
export function NodeInspector({ journey, node: key, value: node, edit, choose }: {
  readonly journey: Journey; readonly node: NodeKey; readonly value: Node; readonly edit: (step: EditStep) => void; readonly choose: ((key: NodeKey) => void) | undefined;
}) {
  const { icon, color, title, name } = describeNode(node);
  // The table pairs each kind with its own form, which TypeScript cannot follow through the index.
  const Form = NODES[node.kind].Form as unknown as ComponentType<FormProps<Kind>>;
  const change = (next: Node, field?: string) => next !== node && edit(steps.change(key, next, field));
  return (
    <Stack gap="md">
      <Head icon={icon} color={color} title={title} kind={name} />
      <Suspense fallback={<Loading />}><Form node={node} change={change} /></Suspense>
      <WaysFields journey={journey} node={key} edit={edit} />
      <More title={says.more} isOpen={node.note !== undefined}>
        <KeyField key={key} journey={journey} node={key} rename={(to) => { edit(steps.rename(key, to)); choose?.(to); }} />
        <TextField label={says.note} description={says.noteMore} rows={2} value={node.note ?? ''} check={(text) => (text.length > 2000 ? says.long : null)} change={(note) => change(write(node, 'note', note === '' ? undefined : note), 'note')} />
      </More>
      <AsWritten value={node} />
    </Stack>
  );
}

/** The key, changed when typing is over: half a name is a name already. */
function KeyField({ journey, node, rename }: { readonly journey: Journey; readonly node: NodeKey; readonly rename: (to: NodeKey) => void }) {
  const [text, setText] = useState<string>(node);
  useEffect(() => setText(node), [node]);
  const wrong = text === node ? null : !isKey(text) ? says.wrong : findNode(journey, text) ? says.taken : null;
  const finish = () => text !== node && wrong === null && rename(text);
  return (
    <TextInput size="xs" label={says.key} description={says.keyMore} value={text} error={wrong} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={({ currentTarget }) => setText(currentTarget.value)} onBlur={finish} onKeyDown={({ key }) => key === 'Enter' && finish()} />
  );
}
