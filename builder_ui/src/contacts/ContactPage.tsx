import { Anchor, Badge, Grid, Group, Paper, Stack, Table, Text, Timeline, Title } from '@mantine/core';
import { IconBolt, IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { Contact } from '../api/types';
import { Page } from '../ui/Page';
import { Tag } from '../ui/Tag';
import { Failure, Loading } from '../ui/States';
import { sayInstant } from '../words/formats';
import { askContact } from './asks';
import { words } from '../words/language';
import { sayReason } from '../words/reasons';

const says = words({
  en: { anonymous: 'Anonymous', choices: 'Choices', none: 'None made.', by: (topic: string, channel: string) => `${topic} by ${channel}`, choice: { subscribed: 'subscribed', unsubscribed: 'unsubscribed' } as Readonly<Record<string, string>>, segments: 'Segments', attributes: 'Attributes', journeys: 'Journeys', noJourneys: 'In none so far.', until: (node: string, when: string) => `at ${node} until ${when}`, ended: (node: string) => `ended at ${node}`, status: { due: 'going on', waiting: 'waiting', completed: 'completed', exited: 'left', failed: 'set aside' } as Readonly<Record<string, string>>, happened: 'What happened' },
  de: { anonymous: 'Anonym', choices: 'Einwilligungen', none: 'Noch keine.', by: (topic: string, channel: string) => `${topic} per ${channel}`, choice: { subscribed: 'zugestimmt', unsubscribed: 'abgelehnt' } as Readonly<Record<string, string>>, segments: 'Segmente', attributes: 'Eigenschaften', journeys: 'Journeys', noJourneys: 'Bisher in keiner.', until: (node: string, when: string) => `bei ${node} bis ${when}`, ended: (node: string) => `geendet bei ${node}`, status: { due: 'geht weiter', waiting: 'wartet', completed: 'durch', exited: 'gegangen', failed: 'zurückgestellt' } as Readonly<Record<string, string>>, happened: 'Was geschah' },
});

/** Everything known of one contact, and everything that happened. */
export function ContactPage() {
  const { id } = useParams({ from: '/contacts/$id' });
  const { data: contact, error, refetch } = useQuery(askContact(id));
  if (error && !contact) return <Failure error={error} retry={() => void refetch()} />;
  if (!contact) return <Loading />;
  return (
    <Page title={contact.name || contact.email || contact.external_id || says.anonymous} more={[contact.email, contact.phone, contact.timezone].filter(Boolean).join(' · ')}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}><Happened contact={contact} /></Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Journeys contact={contact} />
            <Card title={says.choices}>
              {contact.consents.length === 0 ? <Text size="sm" c="dimmed">{says.none}</Text> : contact.consents.map(({ topic, channel, choice }) => (
                <Group key={topic + channel} justify="space-between"><Text size="sm">{says.by(topic, channel)}</Text><Tag color={choice === 'subscribed' ? 'green' : 'gray'}>{says.choice[choice] ?? choice}</Tag></Group>
              ))}
            </Card>
            {contact.segments.length > 0 && <Card title={says.segments}><Group gap={6}>{contact.segments.map((key) => <Badge key={key} variant="default" tt="none">{key}</Badge>)}</Group></Card>}
            <Card title={says.attributes}>
              <Table fz="sm" withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
                <Table.Tbody>{Object.entries(contact.attributes).map(([name, value]) => <Table.Tr key={name}><Table.Td c="dimmed">{name}</Table.Td><Table.Td ta="right" style={{ overflowWrap: 'anywhere' }}>{typeof value === 'string' ? value : JSON.stringify(value)}</Table.Td></Table.Tr>)}</Table.Tbody>
              </Table>
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Journeys({ contact }: { readonly contact: Contact }) {
  return (
    <Card title={says.journeys}>
      {contact.enrollments.length === 0 && <Text size="sm" c="dimmed">{says.noJourneys}</Text>}
      {contact.enrollments.map(({ id, journey, status, node, wake_at, reason }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <div>
            <Anchor component={Link} to={`/journeys/${journey}`} size="sm" fw={600}>{journey}</Anchor>
            <Text size="xs" c="dimmed">{wake_at ? says.until(node, sayInstant(wake_at)) : (reason === null ? says.ended(node) : sayReason(reason))}</Text>
          </div>
          <Badge variant="default" tt="none">{says.status[status] ?? status}</Badge>
        </Group>
      ))}
    </Card>
  );
}

function Happened({ contact }: { readonly contact: Contact }) {
  return (
    <Card title={says.happened}>
      <Timeline bulletSize={26} lineWidth={2} active={-1}>
        {contact.timeline.map(({ kind, at, name, details }, place) => (
          <Timeline.Item key={place} title={<Text size="sm" fw={600}>{name}</Text>} bullet={kind === 'event' ? <IconBolt size={14} /> : <IconMail size={14} />}>
            <Text size="xs" c="dimmed">{sayInstant(at)}{kind === 'message' ? ` · ${String(details['channel'])} · ${String(details['state'])}${details['reason'] ? ` (${sayReason(String(details['reason']))})` : ''}` : ''}</Text>
            {kind === 'event' && Object.keys(details).length > 0 && <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>{JSON.stringify(details)}</Text>}
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="md">
      <Title order={2} size="h5" mb="sm">{title}</Title>
      <Stack gap="xs">{children}</Stack>
    </Paper>
  );
}
