import { Group, NativeSelect, NumberInput, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconArrowRight, IconDoorExit, IconFlag, IconQuestionMark } from '@tabler/icons-react';

import type { JourneyShown } from '../api/types';
import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { sayNumber } from '../words/formats';
import type { Place, Planned } from './asks';
import { readDraft } from './Changes';
import { type Choices, listTargets, needsChoice, putTarget, sumUp } from './migration';
import { says } from './words';

type Props = { readonly journey: JourneyShown; readonly planned: Planned; readonly choices: Choices; readonly onChange: (choices: Choices) => void };

/** What becomes of those inside: they stay, or all of them move, each place as the plan says. */
export function Inside({ journey, planned, choices, onChange }: Props) {
  if (planned.people === 0) return <Card title={says.inside}><Text size="sm">{says.nobodyInside}</Text></Card>;
  const draft = readDraft(journey);
  const before = journey.version?.document ?? draft;
  const { unmapped } = sumUp(planned.places);
  return (
    <Card title={says.inside}>
      <Text size="sm">{says.howMany(planned.people)}</Text>
      <RadioCards label={says.inside} hides value={choices.moves ? 'move' : 'stay'} onChange={(value) => onChange({ ...choices, moves: value === 'move' })}
        choices={[{ value: 'stay', label: says.stay, more: says.stayMore }, { value: 'move', label: says.move, more: says.moveMore }]} />
      {choices.moves && (
        <Stack gap="sm" mt="xs">
          {unmapped > 0 && <Text size="sm" fw={600} role="status">{says.unmapped(unmapped)}</Text>}
          <ul className="plain moves">
            {planned.places.map((place) => (
              <li key={`${place.version}/${place.node}`}>
                <MoveRow place={place} before={before} draft={draft} target={choices.targets[place.node] ?? ''} isChoice={needsChoice(place, choices.targets)}
                  onChange={(to) => onChange({ ...choices, targets: putTarget(choices.targets, place.node, to) })} />
              </li>
            ))}
          </ul>
          {planned.released > 0 && (
            <>
              <Text size="sm">{says.released(planned.released)}</Text>
              <NumberInput size="xs" label={says.perMinute} value={choices.perMinute} min={1} max={1_000_000} clampBehavior="strict" onChange={(value) => onChange({ ...choices, perMinute: Number(value) || 1 })} maw={280} />
            </>
          )}
        </Stack>
      )}
    </Card>
  );
}

/** Those at one place, and where they go from there. */
function MoveRow({ place, before, draft, target, isChoice, onChange }: {
  readonly place: Place;
  readonly before: Journey;
  readonly draft: Journey;
  readonly target: string;
  readonly isChoice: boolean;
  readonly onChange: (to: string) => void;
}) {
  return (
    <div className="move">
      <Step document={before} node={place.node} more={`v${place.version} · ${says.peopleHere(sayNumber(place.people))}`} />
      <IconArrowRight size={18} className="fixed arrow" aria-hidden />
      <Stack gap={4} className="grow">
        {isChoice && (
          <NativeSelect size="xs" aria-label={`${says.chooseFate}: ${place.node}`} value={target} onChange={(event) => onChange(event.currentTarget.value)}
            data={[{ value: '', label: says.chooseFate }, { value: 'continue', label: says.fateContinue }, { value: 'exit', label: says.fateExit }, ...listTargets(draft).map((node) => ({ value: node, label: says.fateNode(titleOf(draft, node)) }))]} />
        )}
        {place.fate === 'unmapped' ? <Text size="xs" c="dimmed">{findNode(draft, place.node) ? says.stepOther : says.stepGone}</Text> : <Goal place={place} draft={draft} />}
      </Stack>
    </div>
  );
}

function Goal({ place: { fate, to, node, released }, draft }: { readonly place: Place; readonly draft: Journey }) {
  const more = released > 0 ? says.releasedHere(sayNumber(released)) : '';
  if (fate === 'stay' || fate === 'go') return <Step document={draft} node={to ?? node} more={[says.fates[fate], more].filter(Boolean).join(' · ')} />;
  const { icon: Picture, color } = ENDS[fate] ?? OTHER;
  return (
    <Group gap="xs" wrap="nowrap">
      <ThemeIcon variant="light" color={color} size={30} radius="md"><Picture size={16} /></ThemeIcon>
      <Text size="sm">{says.fates[fate] ?? fate}{more ? ` · ${more}` : ''}</Text>
    </Group>
  );
}

const ENDS: Readonly<Record<string, { readonly icon: typeof IconFlag; readonly color: string }>> = {
  exit: { icon: IconDoorExit, color: 'red' }, complete: { icon: IconFlag, color: 'green' },
};
const OTHER = { icon: IconQuestionMark, color: 'orange' };

function Step({ document, node, more }: { readonly document: Journey; readonly node: string; readonly more: string }) {
  const found = findNode(document, node);
  const { icon: Picture, color, title } = found ? describeNode(found) : { icon: IconQuestionMark, color: 'gray', title: node };
  return (
    <Group gap="xs" wrap="nowrap" className="grow">
      <ThemeIcon variant="light" color={color} size={30} radius="md"><Picture size={16} /></ThemeIcon>
      <div className="grow">
        <Text size="sm" fw={600} truncate title={title}>{title}</Text>
        <Text size="xs" c="dimmed">{more}</Text>
      </div>
    </Group>
  );
}

function titleOf(document: Journey, node: string): string {
  const found = findNode(document, node);
  return found ? describeNode(found).title : node;
}
