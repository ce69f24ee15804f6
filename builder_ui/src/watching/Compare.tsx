import { Group, Modal, NativeSelect, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { LIVE } from '../api/client';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { joinCosts, says as costs } from '../templates/costs';
import { CostLine, CostNotes } from '../templates/TextCosts';
import { Loading } from '../ui/States';
import { sayNumber, sayShare } from '../words/formats';
import { askDocument, askNumbers, askReport } from './asks';
import { came, type Compared, compare, compareCosts } from './funnel';
import type { Range } from './scope';
import { says } from './words';

/** Two versions side by side: who entered, how it ended, goals, and how many came to each step. */
export default function Compare({ name, live, range, close }: { readonly name: string; readonly live: number; readonly range: Range; readonly close: () => void }) {
  const { data: numbers = [] } = useQuery(askNumbers(name));
  const [pair, setPair] = useState<readonly [number, number]>([live - 1, live]);
  const first = useSide(name, pair[0], range);
  const second = useSide(name, pair[1], range);
  const options = numbers.map(({ number }) => ({ value: String(number), label: says.numbered(number) }));
  const sides = first && second ? [first, second] : null;
  const spent = sides && compareCosts(sides);
  const whole = spent && joinCosts(spent);
  return (
    <Modal opened onClose={close} title={says.compare} size="xl" closeButtonProps={{ 'aria-label': says.close }}>
      <Group mb="sm">
        <NativeSelect size="xs" label={says.version} data={options} value={String(pair[0])} onChange={({ currentTarget: { value } }) => setPair([Number(value), pair[1]])} />
        <NativeSelect size="xs" label={says.against} data={options} value={String(pair[1])} onChange={({ currentTarget: { value } }) => setPair([pair[0], Number(value)])} />
      </Group>
      {sides === null ? <Loading /> : (
          <Table fz="sm" verticalSpacing={6} horizontalSpacing={6} className="numbers">
            <Table.Thead><Table.Tr><Table.Th />{pair.map((number, place) => <Table.Th key={place} ta="right">{says.numbered(number)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              <Table.Tr><Table.Th scope="row">{says.entered}</Table.Th>{sides.map(({ report }, place) => <Table.Td key={place} ta="right" fw={600}>{sayNumber(came(report))}</Table.Td>)}</Table.Tr>
              {spent && (
                <Table.Tr>
                  <Table.Th scope="row">{costs.title}</Table.Th>
                  {spent.map((one, place) => <Table.Td key={place} ta="right">{one === null ? <Text size="xs" c="dimmed">{says.noTexts}</Text> : <CostLine costs={one} />}</Table.Td>)}
                </Table.Tr>
              )}
              {compare(sides).map(({ what, name: which, parts }) => (
                <Table.Tr key={`${what} ${which}`}>
                  <Table.Th scope="row" fw={what === 'node' ? 400 : 600}>{nameRow(what, which, sides)}</Table.Th>
                  {parts.map((n, place) => (
                    <Table.Td key={place} ta="right">{n === null ? <Text size="xs" c="dimmed">{says.notThere}</Text> : <>{sayNumber(n)} <Text span size="xs" c="dimmed">{sayShare(n, came(sides[place]!.report))}</Text></>}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
      )}
      <Text size="xs" c="dimmed">{says.compareMore}</Text>
      {whole && <CostNotes costs={whole} />}
    </Modal>
  );
}

type Side = Parameters<typeof compare>[0][number];

function useSide(name: string, number: number, range: Range): Side | null {
  const { data: journey } = useQuery(askDocument(name, number));
  const { data: report } = useQuery(askReport(name, number, range, 10 * LIVE));
  return journey && report ? { journey, report } : null;
}

function nameRow(what: Compared['what'], which: string, sides: readonly Side[]): string {
  if (what === 'completed') return says.completed;
  if (what === 'exited') return says.exited;
  if (what === 'goal') return which;
  const found = sides.map(({ journey }) => findNode(journey, which)).find((node) => node !== undefined);
  return found ? describeNode(found).title : which;
}
