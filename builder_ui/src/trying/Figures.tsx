import { Alert, Group, List, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { sayDay, sayNumber } from '../words/formats';
import { sayReason } from '../words/reasons';
import type { Simulated } from './asks';
import { splitReason, sumDays, sumFates } from './crowd';
import { says } from './words';

const HIGH = 64;

/** What all contacts of a simulation add up to. */
export function Figures({ journey, told }: { readonly journey: Journey; readonly told: Simulated }) {
  const title = (key: string) => {
    const node = findNode(journey, key);
    return node ? describeNode(node).title : key;
  };
  const ends = Object.entries(told.ends).map(([key, n]): Row => {
    const { what, reason } = splitReason(key);
    return [reason ? `${says.end[what] ?? what}: ${what === 'exited' ? sayReason(reason, 'ExitReason', 'Refusal') : reason}` : (says.end[what] ?? what), n];
  });
  const fates = sumFates(told).map(({ fate, reason, count }): Row => [`${says.letterFates[fate] ?? fate}${reason ? `: ${sayReason(reason, 'SkipReason', 'FailReason', 'CancelReason')}` : ''}`, count]);
  return (
    <Stack gap="lg">
      {told.entered === 0 && <Alert color="yellow" variant="light">{says.nobody}</Alert>}
      {told.entered > 0 && told.warnings.length > 0 && (
        <Alert variant="light" color="blue" icon={<IconInfoCircle size={18} />} title={says.warnings}>
          <List size="sm" spacing={2}>{told.warnings.map((words) => <List.Item key={words}>{words}</List.Item>)}</List>
        </Alert>
      )}
      <Block title={says.ends} rows={ends} />
      <Block title={says.refused} rows={Object.entries(told.refused).map(([reason, n]): Row => [sayReason(reason, 'Refusal'), n])} />
      {told.messages.length > 0 && <Messages told={told} fates={fates} />}
      <Block title={says.goals} rows={Object.entries(told.goals)} />
      <Block title={says.deadEnds} rows={Object.entries(told.dead_ends).map(([key, n]): Row => [title(key), n])} />
      {(told.never_reached.length > 0 || told.never_taken.length > 0) && (
        <section aria-label={says.untaken}>
          <Text size="xs" fw={600} c="dimmed" mb={6}>{says.untaken}</Text>
          <List size="sm" spacing={2}>
            {told.never_reached.map((key) => <List.Item key={key}>{title(key)}</List.Item>)}
            {told.never_taken.map(([key, way]) => <List.Item key={`${key}/${way}`}>{title(key)} → {way}</List.Item>)}
          </List>
        </section>
      )}
    </Stack>
  );
}

type Row = readonly [string, number];

function Block({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text size="xs" fw={600} c="dimmed" mb={2}>{title}</Text>
      <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0} fz="sm">
        <Table.Tbody>{rows.map(([words, n]) => <Table.Tr key={words}><Table.Td className="wrapped">{words}</Table.Td><Table.Td ta="right" fw={600} className="numbers" style={{ verticalAlign: 'top' }}>{sayNumber(n)}</Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
    </section>
  );
}

function Messages({ told, fates }: { readonly told: Simulated; readonly fates: readonly Row[] }) {
  const days = sumDays(told);
  const most = Math.max(1, ...days.map(({ sent, others }) => sent + others));
  const said = days.map(({ day, sent, others }) => `${sayDay(day)}: ${sayNumber(sent)} ${says.left}${others > 0 ? `, ${sayNumber(others)} ${says.held}` : ''}`);
  return (
    <Stack gap="xs">
      <Block title={says.messages} rows={fates} />
      <Text size="xs" c="dimmed">{says.perDay}</Text>
      <div style={{ maxWidth: Math.max(130, 26 * days.length) }}>
      <div className="days" role="img" aria-label={`${says.perDay}. ${said.join('; ')}`}>
        {days.map(({ day, sent, others }, place) => (
          <Tooltip key={day} label={said[place]}>
            <div className="day">
              <div className="other" style={{ height: (others / most) * HIGH }} />
              <div className="sent" style={{ height: (sent / most) * HIGH }} />
            </div>
          </Tooltip>
        ))}
      </div>
      <Group justify="space-between"><Text size="xs" c="dimmed">{sayDay(days[0]!.day)}</Text>{days.length > 1 && <Text size="xs" c="dimmed">{sayDay(days.at(-1)!.day)}</Text>}</Group>
      </div>
    </Stack>
  );
}
