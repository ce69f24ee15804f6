import { Alert, Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Contact } from '../api/types';
import { askNames } from '../fields/asks';
import { Card } from '../ui/Card';
import { Tag } from '../ui/Tag';
import { sayFully, sayInstant } from '../words/formats';
import { choose } from './asks';
import { Ledger } from './Ledger';
import { useChange } from './useChange';
import { says } from './words';

/** What a contact agreed to, and a way to record what was said by word of mouth. */
export function Consents({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const [isRecording, setRecording] = useState(false);
  const [isLooking, setLooking] = useState(false);
  return (
    <Card title={says.consents} actions={(
      <Group gap={6}>
        {contact.consents.length > 0 && <Button size="compact-xs" variant="subtle" onClick={() => setLooking(true)}>{says.history}</Button>}
        {mayEdit && <Button size="compact-xs" variant="default" onClick={() => setRecording(true)}>{says.setConsent}</Button>}
      </Group>
    )}>
      {contact.paused_until !== null && new Date(contact.paused_until) > new Date() && <Text size="sm" mb="xs">{says.resting(sayInstant(contact.paused_until))}</Text>}
      {contact.pending.map(({ topic, topic_name, asked_at, letters }) => (
        <Group key={`asked/${topic}`} justify="space-between" wrap="nowrap" gap="xs">
          <div className="grow">
            <Text size="sm" truncate title={topic}>{topic_name}</Text>
            <Text size="xs" c="dimmed" title={sayFully(asked_at)}>{says.asked(letters)} · {sayInstant(asked_at)}</Text>
          </div>
          <Tag color="yellow">{says.pending}</Tag>
        </Group>
      ))}
      {contact.consents.length === 0 && contact.pending.length > 0 ? null : contact.consents.length === 0 ? <Text size="sm" c="dimmed">{says.noConsents}</Text> : contact.consents.map(({ topic, topic_name, channel, choice, changed_at }) => (
        <Group key={topic + channel} justify="space-between" wrap="nowrap" gap="xs">
          <div className="grow">
            <Text size="sm" truncate title={topic}>{topic === '*' ? says.everything : topic_name}</Text>
            <Text size="xs" c="dimmed" title={sayFully(changed_at)}>{says.channels[channel] ?? channel} · {sayInstant(changed_at)}</Text>
          </div>
          <Tag color={choice === 'subscribed' ? 'green' : 'gray'}>{says.choice[choice] ?? choice}</Tag>
        </Group>
      ))}
      {contact.devices.length > 0 && <Text size="xs" fw={600} c="dimmed" mt="sm">{says.devices}</Text>}
      {contact.devices.map(({ browser, is_confirmed, created_at, worked_at }, place) => (
        <Group key={place} justify="space-between" wrap="nowrap" gap="xs">
          <div className="grow">
            <Text size="sm" truncate>{browser || says.someBrowser}</Text>
            <Text size="xs" c="dimmed" title={sayFully(worked_at ?? created_at)}>{worked_at === null ? says.takesSince(sayInstant(created_at)) : says.worked(sayInstant(worked_at))}</Text>
          </div>
          {!is_confirmed && <Tag color="yellow">{says.unvouched}</Tag>}
        </Group>
      ))}
      {isLooking && <Ledger contact={contact} onClose={() => setLooking(false)} />}
      {isRecording && <Record contact={contact} onClose={() => setRecording(false)} />}
    </Card>
  );
}

function Record({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const { data: names } = useQuery(askNames());
  const [topic, setTopic] = useState('');
  const [channel, setChannel] = useState<'email' | 'sms' | 'push'>('email');
  const [choice, setChoice] = useState<'subscribed' | 'unsubscribed'>('subscribed');
  const [note, setNote] = useState('');
  const topics = names?.topics ?? [];
  const chosen = topic || topics[0]?.key || '';
  const save = useChange(contact.id, says.consentSaved, () => choose(contact.id, { topic: chosen, channel, choice, note: note.trim() }), onClose);
  return (
    <Modal opened onClose={onClose} title={says.setConsent} closeButtonProps={{ 'aria-label': says.close }}>
      {names && topics.length === 0 ? <Text size="sm">{says.noTopics}</Text> : (
        <form onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
          <Stack>
            <NativeSelect label={says.topic} value={chosen} onChange={(event) => setTopic(event.currentTarget.value)} data={topics.map(({ key, name }) => ({ value: key, label: name || key }))} />
            <NativeSelect label={says.channel} value={channel} onChange={(event) => setChannel(event.currentTarget.value as 'email' | 'sms' | 'push')} data={(['email', 'sms', 'push'] as const).map((value) => ({ value, label: says.channels[value]! }))} />
            <SegmentedControl aria-label={says.chose} value={choice} onChange={(value) => setChoice(value as 'subscribed' | 'unsubscribed')} data={(['subscribed', 'unsubscribed'] as const).map((value) => ({ value, label: says.choices[value]! }))} />
            <Textarea label={says.note} description={says.noteMore} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={500} required autosize minRows={2} />
            {save.error && <Alert color="red" variant="light">{save.error.message}</Alert>}
            <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={!note.trim() || !chosen} loading={save.isPending}>{says.save}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
