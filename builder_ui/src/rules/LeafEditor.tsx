import { Button, Group, Select } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { DurationField } from '../fields/DurationField';
import { NameSelect, useOptions } from '../fields/NameSelect';
import { listKinds, type NameKind } from '../fields/names';
import { write } from '../fields/write';
import type { Condition, Where } from '../generated/journey';
import { askedOf, blankLeaf, changeMeasure, isPath, type Leaf, type LeafKind, leafKind, type Measure, measureOf, MEASURES } from './edit';
import { LeafCard } from './LeafCard';
import { OperandField } from './OperandField';
import { says } from './says';
import { useUnfinished } from './useUnfinished';
import { WhereField } from './WhereField';

const WINDOW = ['minutes', 'hours', 'days', 'weeks'] as const;
const OF_CONTACTS: readonly LeafKind[] = ['attribute', 'event', 'segment', 'consent', 'template'];
const OF_ENROLLMENTS: readonly LeafKind[] = ['message', 'trigger', 'context', 'subject'];
const OFFERED: Readonly<Record<LeafKind, NameKind>> = {
  attribute: 'attribute', event: 'event', segment: 'segment', consent: 'topic', message: 'letter', template: 'template', trigger: 'trigger', context: 'context', subject: 'subject', property: 'property',
};

type Change = (leaf: Leaf) => void;

/** One question of a condition. */
export function LeafEditor({ leaf: given, change, menu, isInJourney, count }: {
  readonly leaf: Condition | null; readonly change: (leaf: Condition) => void; readonly menu: ReactNode; readonly isInJourney: boolean; readonly count: ReactNode;
}) {
  const { leaf, set, isKept } = useUnfinished(given, blankLeaf('attribute'), change);
  const kind = leafKind(leaf);
  const kinds = isInJourney ? [...OF_CONTACTS, ...OF_ENROLLMENTS] : OF_CONTACTS;
  const data = (kinds.includes(kind) ? kinds : [...kinds, kind]).map((value) => ({ value, label: says.leaves[value] }));
  return (
    <LeafCard menu={<>{count}{menu}</>} isKept={isKept} head={(
      <Select size="xs" variant="unstyled" className="leaf-kind" aria-label={says.kind} allowDeselect={false} value={kind} data={data} comboboxProps={{ withinPortal: true, width: 220, position: 'bottom-start' }}
        onChange={(next) => next && next !== kind && set(blankLeaf(next as LeafKind))} />
    )}>
      <Name leaf={leaf} change={set} />
      <Rest leaf={leaf} change={set} />
    </LeafCard>
  );
}

function Name({ leaf, change }: { readonly leaf: Leaf; readonly change: Change }) {
  const kind = leafKind(leaf);
  const options = useOptions(OFFERED[kind]);
  const isPathAsked = kind === 'attribute' || kind === 'trigger' || kind === 'context' || kind === 'subject';
  const choose = (name: string) => {
    const [usual] = listKinds(options, name);
    const named = write(leaf, kind, name);
    // The sort of value that a name usually has is a better beginning than empty text.
    if (leaf['op'] === 'is' && leaf['value'] === '' && (usual === 'number' || usual === 'boolean')) return change({ ...named, value: usual === 'number' ? 0 : true });
    change(named);
  };
  return (
    <NameSelect isLabelHidden kind={OFFERED[kind]} label={says.names[kind]} placeholder={says.names[kind]} value={String(leaf[kind] ?? '')}
      {...(isPathAsked ? { check: (text: string) => (text === '' || isPath(text) ? null : says.notYet) } : {})} change={choose} />
  );
}

/** What is asked of it, by its kind. */
function Rest({ leaf, change }: { readonly leaf: Leaf; readonly change: Change }) {
  const kind = leafKind(leaf);
  const options = useOptions(OFFERED[kind]);
  switch (kind) {
    case 'segment':
      return <Fixed label={says.operator} choices={says.membership} leaf={leaf} change={change} />;
    case 'consent':
      return (
        <Group gap={4} wrap="nowrap" grow>
          <Fixed field="channel" label={says.channel} choices={says.channels} leaf={leaf} change={change} />
          <Fixed label={says.operator} choices={says.consent} leaf={leaf} change={change} />
        </Group>
      );
    case 'message':
      return <Fixed label={says.fate} choices={says.fates} leaf={leaf} change={change} />;
    case 'template':
      return <><Fixed label={says.fate} choices={says.fates} leaf={leaf} change={change} /><Within leaf={leaf} change={change} /></>;
    case 'event':
      return <EventRest leaf={leaf} change={change} />;
    case 'attribute':
    case 'trigger':
    case 'context':
    case 'subject':
    case 'property':
      return <OperandField leaf={leaf} change={change} asked={askedOf(leaf)} kinds={listKinds(options, String(leaf[kind]))} />;
    default:
      return kind satisfies never;
  }
}

function EventRest({ leaf, change }: { readonly leaf: Leaf; readonly change: Change }) {
  const measure = measureOf(leaf);
  const event = String(leaf['event']);
  const hasProperty = measure === 'sum' || measure === 'average' || measure === 'minimum' || measure === 'maximum';
  return (
    <>
      <Select size="xs" aria-label={says.measure} allowDeselect={false} value={measure} data={MEASURES.map((value) => ({ value, label: says.measures[value] }))} comboboxProps={{ withinPortal: true }}
        onChange={(next) => next && change(changeMeasure(leaf, next as Measure))} />
      {hasProperty && <NameSelect isLabelHidden kind="property" of={event} label={says.property} placeholder={says.property} value={String(leaf['of'] ?? '')} check={(text) => (text === '' || isPath(text) ? null : says.notYet)} change={(of) => change(write(leaf, 'of', of))} />}
      {measure !== 'done' && measure !== 'not_done' && <OperandField leaf={leaf} change={change} asked={askedOf(leaf)} kinds={[]} />}
      <Within leaf={leaf} change={change} />
      <WhereField event={event} value={leaf['where'] as Where | null | undefined} change={(where) => change(write(leaf, 'where', where))} />
    </>
  );
}

function Within({ leaf, change }: { readonly leaf: Leaf; readonly change: Change }) {
  const within = leaf['within'];
  if (typeof within !== 'string') {
    return <Button size="compact-xs" variant="subtle" leftSection={<IconCalendarTime size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => change(write(leaf, 'within', 'P30D'))}>{says.addWindow}</Button>;
  }
  return <DurationField label={says.within} value={within} units={WINDOW} isPlain isOptional change={(next) => change(write(leaf, 'within', next))} />;
}

/** One of the words that this kind of leaf knows. */
function Fixed({ leaf, change, label, choices, field = 'op' }: { readonly leaf: Leaf; readonly change: Change; readonly label: string; readonly choices: Readonly<Record<string, string>>; readonly field?: 'op' | 'channel' }) {
  return (
    <Select size="xs" aria-label={label} allowDeselect={false} value={String(leaf[field])} comboboxProps={{ withinPortal: true }} data={Object.entries(choices).map(([value, text]) => ({ value, label: text }))}
      onChange={(next) => next && change(write(leaf, field, next))} />
  );
}
