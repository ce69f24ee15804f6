import { ActionIcon, Alert, Autocomplete, Button, Checkbox, Group, NativeSelect, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import type { Journey } from '../generated/journey';
import { sayTrigger } from '../graph/words';
import { useMay } from '../session/asks';
import { PickContact } from '../why/PickContact';
import { Assumptions } from './Assumptions';
import { findLack, LENGTHS, mayReplay, MOST_SAMPLE, type Setup, type Whom } from './asked';
import { askNames } from './asks';
import { readNeeds } from './needs';
import { Part } from './Part';
import { Rows } from './Rows';
import { says } from './words';

const REPLAYS = [0, 30, 90] as const;
const ZONES: readonly string[] = typeof Intl.supportedValuesOf === 'function' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : ['UTC'];

/** For whom it is tried, when, and what is assumed. */
export function SetupForm({ journey, setup, onChange, isRunning, onRun }: {
  readonly journey: Journey;
  readonly setup: Setup;
  readonly onChange: (setup: Setup) => void;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}) {
  const maySee = useMay('contacts:read');
  const { data: names } = useQuery(askNames());
  const put = (change: Partial<Setup>) => onChange({ ...setup, ...change });
  const isReplay = setup.whom !== 'described' && setup.replay > 0;
  const { trigger } = journey;
  const eventName = trigger.kind === 'event' ? trigger.event : trigger.kind === 'absence' ? trigger.after.event : null;
  const known = names?.events.find(({ name }) => name === eventName)?.properties.map(({ name }) => name) ?? [];
  return (
    <Stack gap="lg" component="form" onSubmit={(event) => { event.preventDefault(); onRun(); }}>
      <Text size="sm" c="dimmed">{says.lead}</Text>
      <Part title={says.whom}>
        <SegmentedControl fullWidth size="xs" aria-label={says.whom} value={setup.whom} onChange={(whom) => put({ whom: whom as Whom })}
          data={(Object.keys(says.whoms) as Whom[]).map((value) => ({ value, label: says.whoms[value], disabled: value !== 'described' && !maySee }))} />
        {!maySee && <Text size="xs" c="dimmed">{says.noRights}</Text>}
        {setup.whom === 'contact' && <PickContact label={says.contact} value={setup.contact} onChange={(contact) => put({ contact })} />}
        {setup.whom === 'sample' && <NumberInput label={says.sample} description={says.sampleMore} value={setup.sample} min={1} max={MOST_SAMPLE} clampBehavior="strict" allowDecimal={false} onChange={(value) => put({ sample: Number(value) || 1 })} />}
        {setup.whom === 'described' && <Described journey={journey} setup={setup} put={put} attributes={names?.attributes.map(({ name }) => name) ?? []} />}
        {setup.whom !== 'described' && mayReplay(trigger) && (
          <NativeSelect label={says.happens} description={setup.replay > 0 ? says.replayMore : undefined} value={setup.replay} onChange={(event) => put({ replay: Number(event.currentTarget.value) })}
            data={REPLAYS.map((days) => ({ value: String(days), label: days === 0 ? says.letIn : says.replay(days) }))} />
        )}
      </Part>
      {!isReplay && (
        <Part title={says.entry(sayTrigger(trigger).title)}>
          <Group grow align="flex-start">
            <TextInput size="xs" type="datetime-local" label={says.start} value={setup.start} onChange={(event) => put({ start: event.currentTarget.value })} required withAsterisk={false} />
            <NativeSelect size="xs" label={says.length} value={setup.days} onChange={(event) => put({ days: Number(event.currentTarget.value) })} data={LENGTHS.map((days) => ({ value: String(days), label: says.lengths(days) }))} />
          </Group>
          <Rows label={eventName === null ? says.data : says.properties} rows={setup.properties} known={known} onChange={(properties) => put({ properties })} />
          {setup.whom === 'described' && <Happenings setup={setup} put={put} known={names?.events.map(({ name }) => name) ?? []} />}
        </Part>
      )}
      <Assumptions journey={journey} assumed={setup.assumed} onChange={(assumed) => put({ assumed })} />
      {findLack(setup) === 'contact' && <Alert variant="light" color="yellow" p="xs">{says.noContact}</Alert>}
      <Button type="submit" leftSection={<IconPlayerPlay size={16} />} disabled={isRunning || findLack(setup) !== null}>{says.run}</Button>
    </Stack>
  );
}

type Put = { readonly setup: Setup; readonly put: (change: Partial<Setup>) => void };

function Described({ journey, setup, put, attributes }: Put & { readonly journey: Journey; readonly attributes: readonly string[] }) {
  const { topics } = readNeeds(journey);
  return (
    <>
      <Rows label={says.attributes} rows={setup.attributes} known={attributes} onChange={(rows) => put({ attributes: rows })} />
      <Select size="xs" label={says.timezone} searchable limit={50} value={setup.timezone} data={ZONES} onChange={(zone) => put({ timezone: zone ?? 'UTC' })} allowDeselect={false} />
      {topics.length > 0 && (
        <Stack gap={6} role="group" aria-label={says.consents}>
          {topics.map((topic) => (
            <Checkbox key={topic} size="sm" label={says.saidYes(topic)} checked={!setup.refused.includes(topic)}
              onChange={(event) => put({ refused: event.currentTarget.checked ? setup.refused.filter((one) => one !== topic) : [...setup.refused, topic] })} />
          ))}
        </Stack>
      )}
    </>
  );
}

function Happenings({ setup: { later }, put, known }: Put & { readonly known: readonly string[] }) {
  const change = (place: number, to: Partial<(typeof later)[number]>) => put({ later: later.map((one, at) => (at === place ? { ...one, ...to } : one)) });
  return (
    <Stack gap={6} role="group" aria-label={says.later}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>{says.later}</Text>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => put({ later: [...later, { event: '', after: 'P1D' }] })}>{says.addLater}</Button>
      </Group>
      {later.map(({ event, after }, place) => (
        <Group key={place} gap={6} wrap="nowrap">
          <Autocomplete size="xs" className="grow" aria-label={says.event} placeholder={says.event} value={event} data={[...known]} limit={20} onChange={(next) => change(place, { event: next })} />
          <NativeSelect size="xs" aria-label={`${says.after}: ${event}`} value={after} onChange={({ currentTarget }) => change(place, { after: currentTarget.value })}
            data={['PT1H', 'P1D', 'P3D', 'P7D'].map((value) => ({ value, label: says.afters[value] ?? value }))} />
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={says.removeRow(event)} onClick={() => put({ later: later.filter((_, at) => at !== place) })}><IconX size={14} /></ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
