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

/** Everything known of one contact, and everything that happened. */
export function ContactPage() {
  const { id } = useParams({ from: '/contacts/$id' });
  const { data: contact, error, refetch } = useQuery(askContact(id));
  if (error && !contact) return <Failure error={error} retry={() => void refetch()} />;
  if (!contact) return <Loading />;
  return (
    <Page title={contact.name || contact.email || contact.external_id || 'Anonymous'} more={[contact.email, contact.phone, contact.timezone].filter(Boolean).join(' · ')}>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}><Happened contact={contact} /></Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Journeys contact={contact} />
            <Card title="Choices">
              {contact.consents.length === 0 ? <Text size="sm" c="dimmed">None made.</Text> : contact.consents.map(({ topic, channel, choice }) => (
                <Group key={topic + channel} justify="space-between"><Text size="sm">{topic} by {channel}</Text><Tag color={choice === 'subscribed' ? 'green' : 'gray'}>{choice}</Tag></Group>
              ))}
            </Card>
            {contact.segments.length > 0 && <Card title="Segments"><Group gap={6}>{contact.segments.map((key) => <Badge key={key} variant="default" tt="none">{key}</Badge>)}</Group></Card>}
            <Card title="Attributes">
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
    <Card title="Journeys">
      {contact.enrollments.length === 0 && <Text size="sm" c="dimmed">In none so far.</Text>}
      {contact.enrollments.map(({ id, journey, status, node, wake_at, reason }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <div>
            <Anchor component={Link} to={`/journeys/${journey}`} size="sm" fw={600}>{journey}</Anchor>
            <Text size="xs" c="dimmed">{wake_at ? `at ${node} until ${sayInstant(wake_at)}` : (reason ?? `ended at ${node}`)}</Text>
          </div>
          <Badge variant="default" tt="none">{status}</Badge>
        </Group>
      ))}
    </Card>
  );
}

function Happened({ contact }: { readonly contact: Contact }) {
  return (
    <Card title="What happened">
      <Timeline bulletSize={26} lineWidth={2} active={-1}>
        {contact.timeline.map(({ kind, at, name, details }, place) => (
          <Timeline.Item key={place} title={<Text size="sm" fw={600}>{name}</Text>} bullet={kind === 'event' ? <IconBolt size={14} /> : <IconMail size={14} />}>
            <Text size="xs" c="dimmed">{sayInstant(at)}{kind === 'message' ? ` · ${String(details['channel'])} · ${String(details['state'])}${details['reason'] ? ` (${String(details['reason']).replaceAll('_', ' ')})` : ''}` : ''}</Text>
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
