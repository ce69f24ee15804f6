import { Anchor, Paper, Table, Text } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import { useNow } from '../questions/useNow';
import { Empty, Failure, Loading } from '../ui/States';
import { sayAgo, sayFully, sayNumber } from '../words/formats';
import { askEventNames, type EventName } from './asks';
import { says } from './words';

const SHOWN = 8;

/** Every event by its name: how often, when last, and what it comes with. */
export function EventNames({ choose }: { readonly choose: (name: string) => void }) {
  const { data, error, refetch } = useQuery(askEventNames());
  const now = useNow();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Empty icon={IconBolt} title={says.noNames}>{says.noneMore}</Empty>;
  const say = (n: number | null) => (n === null ? '–' : n >= data.most ? says.atLeast(sayNumber(n)) : sayNumber(n));
  return (
    <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
      <Table verticalSpacing={8} horizontalSpacing="md" layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={{ base: '46%', sm: 240 }}>{says.name}</Table.Th>
            <Table.Th visibleFrom="md">{says.properties}</Table.Th>
            <Table.Th w={{ base: 84, sm: 110 }} ta="right">{says.today}</Table.Th>
            <Table.Th w={{ base: 76, sm: 110 }} ta="right">{says.week}</Table.Th>
            <Table.Th w={150} ta="right" visibleFrom="sm">{says.last}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map(({ name, today, week, last_at, properties }) => (
            <Table.Tr key={name}>
              <Table.Td><Anchor component="button" type="button" size="sm" fw={600} ta="left" className="wrapped" c="var(--mantine-color-text)" title={says.onlyThis} onClick={() => choose(name)}>{name}</Anchor></Table.Td>
              <Table.Td visibleFrom="md"><Text size="xs" c="dimmed" className="wrapped">{sayProperties(properties)}</Text></Table.Td>
              <Table.Td ta="right" className="numbers">{say(today)}</Table.Td>
              <Table.Td ta="right" className="numbers">{say(week)}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm"><Text size="sm" c="dimmed" title={sayFully(last_at)}>{sayAgo(last_at, now)}</Text></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function sayProperties(properties: EventName['properties']): string {
  const shown = properties.slice(0, SHOWN).map(({ name, kinds }) => `${name} (${kinds.map((kind) => says.kinds[kind] ?? kind).join(', ')})`);
  return [...shown, ...(properties.length > SHOWN ? ['…'] : [])].join(' · ') || '–';
}
