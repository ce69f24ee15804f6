import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';

import { SwitchField } from '../../fields/ChoiceField';
import { Small } from '../../fields/DurationField';
import { moveItem, replaceItem, write } from '../../fields/write';
import type { SendFirstNode, Try } from '../../generated/journey';
import { Section } from '../../inspector/parts';
import { words } from '../../words/language';
import { CHANNEL_ICONS, CHANNEL_NAMES, CHANNELS } from '../parts/channels';
import { ClassFields } from '../parts/ClassFields';
import { DataField } from '../parts/DataField';
import { GatesFields } from '../parts/GatesFields';
import { TemplateField } from '../parts/TemplateField';
import { TemplatePreview } from '../parts/TemplatePreview';
import { TroubleField } from '../parts/TroubleField';
import type { FormProps } from '../types';

const says = words({
  en: {
    order: 'Tried in this order', orderMore: 'The next is tried if the contact has no address for a channel, does not want the topic by it, or is suppressed there. Quiet hours and limits hold or skip the message; they change no channel.',
    up: 'Move up', down: 'Move down', remove: 'Remove', add: (channel: string) => `Add ${channel}`, data: 'Values for the template',
    refused: 'If the provider refuses it for good', next: 'Try the next', error: 'That is an error', on_skip: 'If it can go by none of them', on_skipMore: 'Or a gate refused it: held too long, over a limit …', on_error: 'If it cannot be sent', on_errorMore: 'It could not be made or handed over.',
  },
  de: {
    order: 'In dieser Reihenfolge versucht', orderMore: 'Der nächste wird versucht, wenn der Kontakt für einen Kanal keine Adresse hat, das Thema darüber nicht möchte oder dort gesperrt ist. Ruhezeiten und Grenzen halten die Nachricht zurück oder lassen sie aus; den Kanal wechseln sie nicht.',
    up: 'Nach oben', down: 'Nach unten', remove: 'Entfernen', add: (channel: string) => `${channel} hinzufügen`, data: 'Werte für die Vorlage',
    refused: 'Wenn der Anbieter sie endgültig ablehnt', next: 'Den nächsten versuchen', error: 'Das ist ein Fehler', on_skip: 'Wenn sie über keinen davon gehen kann', on_skipMore: 'Oder eine Prüfung sie ablehnte: zu lange gehalten, über einer Grenze …', on_error: 'Wenn sie nicht gesendet werden kann', on_errorMore: 'Sie ließ sich nicht erstellen oder übergeben.',
  },
});

export function SendFirstForm({ node, change }: FormProps<'send_first'>) {
  const put = <Field extends keyof SendFirstNode>(field: Field, value: SendFirstNode[Field] | undefined, typed?: string) => change(write(node, field, value), typed);
  const { tries } = node;
  const left = CHANNELS.filter((channel) => tries.every((one) => one.channel !== channel));
  return (
    <Stack gap="sm">
      <Section title={says.order}>
        <Text fz={11} c="dimmed">{says.orderMore}</Text>
        <Stack gap={8} component="ol" className="tries">
          {tries.map((one, place) => (
            <TryFields key={one.channel} one={one} place={place} of={tries.length} move={(by) => put('tries', moveItem(tries, place, by))}
              change={(next, field) => put('tries', replaceItem(tries, place, next), field && `tries/${one.channel}/${field}`)} />
          ))}
        </Stack>
        {left.length > 0 && (
          <Group gap={4}>
            {left.map((channel) => (
              <Button key={channel} size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => put('tries', [...tries, { channel, template: '' }])}>{says.add(CHANNEL_NAMES[channel])}</Button>
            ))}
          </Group>
        )}
      </Section>
      <ClassFields node={node} change={change} />
      {tries.length > 1 && <SwitchField label={says.refused} value={node.on_failure ?? 'next'} change={(next) => put('on_failure', next === 'next' ? undefined : next)} choices={[{ value: 'next', label: says.next }, { value: 'error', label: says.error }]} />}
      <TroubleField label={says.on_skip} description={says.on_skipMore} value={node.on_skip} usual="continue" choices={['continue', 'exit']} change={(next) => put('on_skip', next)} />
      <TroubleField label={says.on_error} description={says.on_errorMore} value={node.on_error} usual="exit" choices={['exit', 'continue']} change={(next) => put('on_error', next)} />
      <GatesFields gates={node.gates} isMarketing={node.class !== 'transactional'} change={(gates) => put('gates', gates)} />
    </Stack>
  );
}

/** The message by one channel, its place in the order, and what may be done with it; the last one stays. */
function TryFields({ one, place, of, move, change }: { readonly one: Try; readonly place: number; readonly of: number; readonly move: (by: number) => void; readonly change: (one: Try | undefined, field?: string) => void }) {
  const Picture = CHANNEL_ICONS[one.channel];
  const name = CHANNEL_NAMES[one.channel];
  return (
    <li>
      <Paper withBorder radius="md" p={8} component="fieldset" miw={0} aria-label={name}>
        <Group gap={2} wrap="nowrap" mb={6}>
          <Text fz={11} fw={650} c="dimmed" w={14}>{place + 1}</Text>
          <Picture size={15} stroke={1.8} aria-hidden />
          <Text fz={12} fw={600} flex={1} ml={4}>{name}</Text>
          <Small label={`${says.up}: ${name}`} disabled={place === 0} onClick={() => move(-1)}><IconArrowUp size={14} /></Small>
          <Small label={`${says.down}: ${name}`} disabled={place === of - 1} onClick={() => move(1)}><IconArrowDown size={14} /></Small>
          <Small label={`${says.remove}: ${name}`} disabled={of === 1} onClick={() => change(undefined)}><IconX size={14} /></Small>
        </Group>
        <Stack gap={8}>
          <TemplateField channel={one.channel} value={one.template} change={(template) => change({ ...one, template }, 'template')} />
          <TemplatePreview template={one.template} channel={one.channel} />
          <DataField label={says.data} kind="variable" of={one.template} value={one.data} change={(data) => change(write(one, 'data', data), 'data')} />
        </Stack>
      </Paper>
    </li>
  );
}
