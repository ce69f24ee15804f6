import { Paper, Table, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import { Empty, Failure, Loading } from '../ui/States';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { askRefused, type RefusedCall } from './asks';
import { says } from './words';

/** The tracking calls that were not taken, each with the reason and what to do. */
export function Refused({ isStill }: { readonly isStill: boolean }) {
  const { data, error, refetch } = useQuery(askRefused(isStill));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0) return <Empty icon={IconCircleCheck} title={says.noRefusals}>{says.noRefusalsMore}</Empty>;
  return (
    <Paper withBorder radius="lg" className="tail">
      <Table verticalSpacing={8} horizontalSpacing="md" layout="fixed" stickyHeader>
        <Table.Thead><Table.Tr><Table.Th w={{ base: '36%', sm: 260 }}>{says.refusedCall}</Table.Th><Table.Th>{says.why}</Table.Th><Table.Th ta="right" w={150} visibleFrom="sm">{says.when}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{data.map((call) => <Row key={call.id} call={call} />)}</Table.Tbody>
      </Table>
    </Paper>
  );
}

function Row({ call: { at, path, status, code, message, key, origin, event, message_id, unsaid } }: { readonly call: RefusedCall }) {
  const about = [key === null ? says.noKey : says.underKey(key), origin ? says.from(origin) : null, message_id].filter(Boolean).join(' · ');
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Text size="sm" fw={600} className="wrapped">{event ?? path}</Text>
        <Text size="xs" c="dimmed" className="wrapped">{event ? `${path} · ` : ''}{about}</Text>
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>
        <Text size="sm" className="wrapped">{message}{unsaid > 0 && ` (${says.unsaid(sayNumber(unsaid))})`}</Text>
        <Text size="xs" c="dimmed" className="wrapped">{[says.codes[code], code, says.status(status)].filter(Boolean).join(' · ')}<Text span inherit hiddenFrom="sm"> · {sayInstant(at)}</Text></Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm" style={{ verticalAlign: 'top' }}><Text size="sm" c="dimmed" title={sayFully(at)}>{sayInstant(at)}</Text></Table.Td>
    </Table.Tr>
  );
}
