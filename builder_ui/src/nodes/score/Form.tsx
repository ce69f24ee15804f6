import { Group, Stack } from '@mantine/core';

import { SwitchField } from '../../fields/ChoiceField';
import { NameSelect } from '../../fields/NameSelect';
import { NumberField } from '../../fields/NumberField';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { score: 'Score', scoreMore: 'Conditions read it as scores.NAME.', how: 'Change it', add: 'by adding', set: 'to a number', by: 'Points', byMore: 'Below 0: taken away.', to: 'To', floor: 'Never below', ceiling: 'Never above', wrong: 'A to Z, digits, “_” and “-”' },
  de: { score: 'Punktestand', scoreMore: 'Bedingungen lesen ihn als scores.NAME.', how: 'Ändern', add: 'durch Addieren', set: 'auf eine Zahl', by: 'Punkte', byMore: 'Unter 0: abgezogen.', to: 'Auf', floor: 'Nie unter', ceiling: 'Nie über', wrong: 'A bis Z, Ziffern, „_“ und „-“' },
});
const MOST = 1_000_000_000;

export function ScoreForm({ node, change }: FormProps<'score'>) {
  const isSet = typeof node.to === 'number';
  const turn = (to: 'add' | 'set') => {
    const { by: _by, to: _to, ...rest } = node;
    change(to === 'set' ? { ...rest, to: 0 } : { ...rest, by: 10 });
  };
  const fits = (floor: number | undefined, ceiling: number | undefined) => floor === undefined || ceiling === undefined || floor <= ceiling;
  return (
    <Stack gap="sm">
      <NameSelect label={says.score} description={says.scoreMore} kind="score" value={node.score} check={(text) => (text === '' || /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) ? null : says.wrong)} change={(score) => change({ ...node, score }, 'score')} />
      <SwitchField label={says.how} value={isSet ? 'set' : 'add'} change={(next) => (next === 'set') !== isSet && turn(next)} choices={[{ value: 'add', label: says.add }, { value: 'set', label: says.set }]} />
      {isSet
        ? <NumberField label={says.to} min={-MOST} max={MOST} value={node.to} change={(n) => n !== undefined && change({ ...node, to: n }, 'to')} />
        : <NumberField label={says.by} description={says.byMore} min={-MOST} max={MOST} value={node.by} change={(n) => n !== undefined && change({ ...node, by: n }, 'by')} />}
      <Group grow gap="xs">
        <NumberField label={says.floor} isOptional min={-MOST} max={MOST} value={node.floor} change={(n) => fits(n, node.ceiling) && change(write(node, 'floor', n), 'floor')} />
        <NumberField label={says.ceiling} isOptional min={-MOST} max={MOST} value={node.ceiling} change={(n) => fits(node.floor, n) && change(write(node, 'ceiling', n), 'ceiling')} />
      </Group>
    </Stack>
  );
}
