import { Badge, Checkbox, Group, Slider, Stack } from '@mantine/core';

import { ChoiceField, YesNoField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { ELAPSED } from '../../fields/duration';
import { NameSelect } from '../../fields/NameSelect';
import { NumberField } from '../../fields/NumberField';
import { useFieldScope } from '../../fields/scope';
import { TextField } from '../../fields/TextField';
import { write } from '../../fields/write';
import type { SplitPath, Winner } from '../../generated/journey';
import { More, Section } from '../../inspector/parts';
import { words } from '../../words/language';
import { PathList } from '../parts/PathList';
import type { FormProps } from '../types';
import { addWeight, setWeight, share } from './weights';

const says = words({
  en: {
    arms: 'Arms', add: 'Add an arm', weight: (label: string) => `Per cent for ${label}`, control: 'Control: the others are compared with it', isControl: 'Control', winner: 'Choose a winner', winnerMore: 'Once a test has shown that an arm is better, all new arrivals take it.',
    goal: 'By the goal', after: 'Decide after', atLeast: 'People that each arm needs', confidence: 'Confidence', fallback: 'If none is better for sure', keep: 'Keep splitting', salt: 'Salt', saltMore: 'Splits with the same salt divide people alike. Empty: one of its own.', long: '1 to 64 characters', reserved: 'Cannot begin so',
    again: 'Draw anew for each enrollment', againMore: 'Else people keep their arm when they enter again.',
  },
  de: {
    arms: 'Arme', add: 'Arm hinzufügen', weight: (label: string) => `Prozent für ${label}`, control: 'Kontrolle: die anderen werden damit verglichen', isControl: 'Kontrolle', winner: 'Einen Sieger wählen', winnerMore: 'Sobald ein Test zeigt, dass ein Arm besser ist, nehmen ihn alle neuen.',
    goal: 'Nach dem Ziel', after: 'Entscheiden nach', atLeast: 'Personen, die jeder Arm braucht', confidence: 'Sicherheit', fallback: 'Wenn keiner sicher besser ist', keep: 'Weiter aufteilen', salt: 'Salz', saltMore: 'Aufteilungen mit gleichem Salz teilen gleich. Leer: ein eigenes.', long: '1 bis 64 Zeichen', reserved: 'Darf nicht so beginnen',
    again: 'Bei jedem Durchgang neu auslosen', againMore: 'Sonst behalten Personen ihren Arm, wenn sie wieder eintreten.',
  },
});

export function SplitForm({ node, change }: FormProps<'split'>) {
  const { closeField } = useFieldScope();
  const paths = node.paths ?? [];
  const weights = paths.map(({ weight }) => weight);
  const weigh = (arms: readonly SplitPath[], next: readonly number[]) => arms.map((arm, place) => ({ ...arm, weight: next[place] ?? 0 }));
  const put = (arms: readonly SplitPath[], field?: string) => {
    if (arms.length > paths.length) return change({ ...node, paths: weigh(arms, addWeight(weights)) });
    if (arms.length < paths.length) return change({ ...node, paths: weigh(arms, share(arms.map(({ weight }) => weight))) });
    change({ ...node, paths: arms }, field);
  };
  return (
    <Stack gap="md">
      <PathList<SplitPath> title={says.arms} add={says.add} paths={paths} change={put} blank={(label) => ({ label, weight: 0 })} aside={({ control }) => (control ? <Badge size="sm" variant="light" tt="none">{says.isControl}</Badge> : null)}>
        {(path) => {
          const place = paths.indexOf(path);
          const set = (weight: number) => change({ ...node, paths: weigh(paths, setWeight(weights, place, weight)) }, `weight/${place}`);
          return (
            <>
              <Group gap="xs" wrap="nowrap">
                <Slider flex={1} size="sm" min={0} max={100} value={path.weight} onChange={set} onChangeEnd={closeField} label={null} thumbLabel={says.weight(path.label)} />
                <NumberField aria-label={says.weight(path.label)} w={64} suffix=" %" min={0} max={100} value={path.weight} change={(n) => n !== undefined && set(n)} />
              </Group>
              <Checkbox size="xs" label={says.control} checked={path.control ?? false} onChange={({ currentTarget: { checked } }) => change({ ...node, paths: paths.map((arm, other) => write(arm, 'control', other === place && checked ? true : undefined)) })} />
            </>
          );
        }}
      </PathList>
      <WinnerFields labels={paths.map(({ label }) => label)} winner={node.winner} change={(winner, field) => change(winner === undefined ? write(node, 'winner', undefined) : write({ ...node, winner }, 'rerandomize', undefined), field)} />
      <More isOpen={node.salt !== undefined || node.rerandomize === 'each_run'}>
        <TextField label={says.salt} description={says.saltMore} isCode value={node.salt ?? ''} check={(text) => (text.length > 64 ? says.long : text.startsWith('holdout:') ? says.reserved : null)} change={(salt) => change(write(node, 'salt', salt === '' ? undefined : salt), 'salt')} />
        {node.winner === undefined && <YesNoField label={says.again} description={says.againMore} value={node.rerandomize === 'each_run'} change={(next) => change(write(node, 'rerandomize', next ? 'each_run' : undefined))} />}
      </More>
    </Stack>
  );
}

const KEEP = 'keep_splitting';

function WinnerFields({ labels, winner, change }: { readonly labels: readonly string[]; readonly winner: Winner | undefined; readonly change: (winner: Winner | undefined, field?: string) => void }) {
  return (
    <Section>
      <YesNoField label={says.winner} description={says.winnerMore} value={winner !== undefined} change={(next) => change(next ? { goal: '', after: 'P7D' } : undefined)} />
      {winner && (
        <>
          <NameSelect label={says.goal} kind="goal" value={winner.goal} change={(goal) => change({ ...winner, goal }, 'goal')} />
          <DurationField label={says.after} units={ELAPSED} value={winner.after} change={(after) => after && change({ ...winner, after }, 'after')} />
          <Group grow gap="xs" align="flex-end">
            <NumberField label={says.atLeast} min={1} value={winner.at_least ?? 100} change={(n) => n !== undefined && n >= 1 && change({ ...winner, at_least: n }, 'at_least')} />
            <NumberField label={says.confidence} suffix=" %" min={50} max={99.9} isWhole={false} value={Math.round((winner.confidence ?? 0.95) * 1000) / 10} change={(n) => n !== undefined && n >= 50 && n < 100 && change({ ...winner, confidence: Math.round(n * 10) / 1000 }, 'confidence')} />
          </Group>
          <ChoiceField label={says.fallback} value={winner.fallback ?? KEEP} change={(next) => change(write(winner, 'fallback', next === KEEP ? undefined : next))} choices={[{ value: KEEP, label: says.keep }, ...labels.map((label) => ({ value: label, label }))]} />
        </>
      )}
    </Section>
  );
}
