import { CloseButton, Group, NativeSelect, Paper, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { askJourneys } from '../journeys/asks';
import { useMay } from '../session/asks';
import { askTemplates } from '../templates/asks';
import { REASONS } from '../generated/reasons';
import { sayReason } from '../words/reasons';
import { change, type Sought } from './sought';
import { says } from './words';

const CODES = [...new Set([...REASONS.SkipReason, ...REASONS.CancelReason, ...REASONS.FailReason, ...REASONS.DoubtReason])];

/** What narrows the list, besides what is typed and the state. */
export function Filters({ sought, seek }: { readonly sought: Sought; readonly seek: (next: Sought) => void }) {
  const mayRead = useMay('journeys:read');
  const { data: journeys } = useQuery({ ...askJourneys(), enabled: mayRead });
  const { data: templates } = useQuery({ ...askTemplates(), enabled: mayRead });
  const set = (name: keyof Sought) => (event: { readonly currentTarget: { readonly value: string } }) => seek(change(sought, { [name]: event.currentTarget.value || null }));
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label={says.filters}>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <NativeSelect size="xs" label={says.channel} value={sought.channel ?? ''} onChange={set('channel')} data={[{ value: '', label: says.anyChannel }, ...Object.entries(says.channels).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect size="xs" label={says.journey} value={sought.journey ?? ''} onChange={set('journey')} data={withOwn([{ value: '', label: says.anyJourney }, ...(journeys ?? []).map(({ key, name }) => ({ value: key, label: name }))], sought.journey)} />
        <NativeSelect size="xs" label={says.template} value={sought.template ?? ''} onChange={set('template')} data={withOwn([{ value: '', label: says.anyTemplate }, ...(templates ?? []).map(({ key, name }) => ({ value: key, label: name }))], sought.template)} />
        <NativeSelect size="xs" label={says.kind} value={sought.class ?? ''} onChange={set('class')} data={[{ value: '', label: says.anyKind }, ...Object.entries(says.classes).map(([value, label]) => ({ value, label }))]} />
        <NativeSelect size="xs" label={says.reason} value={sought.reason ?? ''} onChange={set('reason')} data={withOwn([{ value: '', label: says.anyReason }, ...CODES.map((code) => ({ value: code, label: sayReason(code, 'SkipReason', 'CancelReason', 'FailReason', 'DoubtReason') }))], sought.reason)} />
        <TextInput size="xs" type="date" label={says.from} value={sought.from ?? ''} max={sought.to} onChange={set('from')} />
        <TextInput size="xs" type="date" label={says.to} value={sought.to ?? ''} min={sought.from} onChange={set('to')} />
      </SimpleGrid>
      {(sought.contact ?? sought.node) && (
        <Group gap="xs" mt="sm">
          {sought.contact && <Chip label={says.ofContact} drop={() => seek(change(sought, { contact: null }))} />}
          {sought.node && <Chip label={says.ofStep(sought.node)} drop={() => seek(change(sought, { node: null }))} />}
        </Group>
      )}
    </Paper>
  );
}

function Chip({ label, drop }: { readonly label: string; readonly drop: () => void }) {
  return <Group gap={4} className="framed" px="xs" py={2} wrap="nowrap"><Text size="xs">{label}</Text><CloseButton size="sm" onClick={drop} aria-label={`${says.clear}: ${label}`} /></Group>;
}

/** What stands in the address is shown, though it may be gone. */
function withOwn<Option extends { readonly value: string; readonly label: string }>(options: readonly Option[], own: string | undefined): { value: string; label: string }[] {
  return [...options, ...(own === undefined || options.some(({ value }) => value === own) ? [] : [{ value: own, label: own }])];
}
