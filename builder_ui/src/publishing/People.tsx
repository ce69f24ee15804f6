import { NativeSelect, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';

import type { JourneyShown } from '../api/types';
import { findOpenDraft } from '../drafts/open';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { sayNumber } from '../words/formats';
import type { Place, Planned } from './asks';
import { type Choices, listTargets, needsChoice } from './migration';
import { says } from './words';

type Choosing = { readonly choices: Choices; readonly onChange: (choices: Choices) => void };

/** What becomes of those inside: they stay, or all of them move, each place as the plan says. */
export function Inside({ journey, planned, choices, onChange }: Choosing & { readonly journey: JourneyShown; readonly planned: Planned }) {
  const draft = findOpenDraft(journey.key)?.read().journey ?? journey.draft;
  const before = journey.version?.document ?? draft;
  if (planned.people === 0) return <Card title={says.inside}><Text size="sm">{says.nobodyInside}</Text></Card>;
  return (
    <Card title={says.inside}>
      <Text size="sm">{says.howMany(sayNumber(planned.people))}</Text>
      <RadioCards label={says.inside} hides value={choices.moves ? 'move' : 'stay'} onChange={(value) => onChange({ ...choices, moves: value === 'move' })}
        choices={[{ value: 'stay', label: says.stay, more: says.stayMore }, { value: 'move', label: says.move, more: says.moveMore }]} />
      {choices.moves && (
        <>
          <Table fz="sm" verticalSpacing={6} horizontalSpacing="xs">
            <Table.Thead><Table.Tr><Table.Th>{says.place}</Table.Th><Table.Th ta="right">{says.people}</Table.Th><Table.Th>{says.becomes}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {planned.places.map((place) => (
                <Table.Tr key={`${place.version}/${place.node}`}>
                  <Table.Td>{findNode(before, place.node) ? describeNode(findNode(before, place.node)!).title : place.node} <Text span size="xs" c="dimmed">v{place.version}</Text></Table.Td>
                  <Table.Td ta="right" className="numbers">{sayNumber(place.people)}</Table.Td>
                  <Table.Td>{needsChoice(place, choices.targets) ? (
                    <Target place={place} value={choices.targets[place.node] ?? ''} nodes={listTargets(draft)} onChange={(to) => onChange({ ...choices, targets: put(choices.targets, place.node, to) })} />
                  ) : <Fate place={place} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {planned.released > 0 && (
            <>
              <Text size="sm">{says.released(sayNumber(planned.released))}</Text>
              <NumberInput size="xs" label={says.perMinute} value={choices.perMinute} min={1} max={1_000_000} clampBehavior="strict" onChange={(value) => onChange({ ...choices, perMinute: Number(value) || 1 })} maw={280} />
            </>
          )}
        </>
      )}
    </Card>
  );
}

function Fate({ place }: { readonly place: Place }) {
  const said = says.fates[place.fate] ?? place.fate;
  return <Text size="sm" title={place.message}>{place.fate === 'go' && place.to ? `${said} “${place.to}”` : said}</Text>;
}

function Target({ place, value, nodes, onChange }: { readonly place: Place; readonly value: string; readonly nodes: readonly string[]; readonly onChange: (to: string) => void }) {
  return (
    <Stack gap={2}>
      <NativeSelect size="xs" aria-label={`${says.chooseFate}: ${place.node}`} value={value} onChange={(event) => onChange(event.currentTarget.value)}
        data={[{ value: '', label: says.chooseFate }, { value: 'continue', label: says.fateContinue }, { value: 'exit', label: says.fateExit }, ...nodes.map((node) => ({ value: node, label: says.fateNode(node) }))]} />
      <Text size="xs" c="dimmed">{place.message}</Text>
    </Stack>
  );
}

function put(targets: Choices['targets'], node: string, to: string): Choices['targets'] {
  const { [node]: _before, ...rest } = targets;
  return to === '' ? rest : { ...rest, [node]: to };
}

/** Whether those enter as well who qualified before. */
export function Earlier({ choices, onChange }: Choosing) {
  return (
    <Card title={says.backfill}>
      <RadioCards label={says.backfill} hides value={choices.backfill} onChange={(backfill) => onChange({ ...choices, backfill })}
        choices={[{ value: 'none', label: says.backfillNone }, { value: 'now', label: says.backfillNow }, { value: 'by_age', label: says.backfillAge }]} />
      {choices.backfill !== 'none' && (
        <>
          <TextInput size="xs" type="datetime-local" label={says.since} value={choices.since} onChange={(event) => onChange({ ...choices, since: event.currentTarget.value })} maw={280} />
          <NumberInput size="xs" label={says.backfillPerMinute} value={choices.backfillPerMinute ?? ''} min={1} max={1_000_000} onChange={(value) => onChange({ ...choices, backfillPerMinute: value === '' ? null : Number(value) })} maw={280} />
        </>
      )}
    </Card>
  );
}
