import { Anchor, Table, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { listNodes } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { colorText } from '../ui/Tag';
import { sayNumber, sayShare } from '../words/formats';
import type { Report } from './asks';
import { Part } from './parts';
import { says } from './words';

/** What became of the messages of every step that sends. */
export function Messages({ journey, report, choose }: { readonly journey: Journey; readonly report: Report; readonly choose: (node: string) => void }) {
  const rows = listNodes(journey).filter(([key]) => report.messages[key] !== undefined);
  if (rows.length === 0) return null;
  return (
    <Part title={says.messages}>
      <Table fz="xs" horizontalSpacing={4} verticalSpacing={5} className="numbers">
        <Table.Thead><Table.Tr><Table.Th>{says.step}</Table.Th><Table.Th ta="right">{says.sent}</Table.Th><Table.Th ta="right">{says.opened}</Table.Th><Table.Th ta="right">{says.clicked}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map(([key, node]) => {
            const { sent, queued, delivered, opened, clicked, skipped, failed, uncertain } = report.messages[key]!;
            // Before anything was heard of these letters nobody can say that none was opened.
            const heard = delivered + opened + clicked > 0 ? sent : 0;
            return (
              <Table.Tr key={key}>
                <Table.Td maw={150}>
                  <Anchor component="button" type="button" size="xs" ta="left" onClick={() => choose(key)}>{describeNode(node).title}</Anchor>
                  {queued > 0 && <Text size="xs" c="dimmed">{sayNumber(queued)} {says.queued.toLocaleLowerCase()}</Text>}
                  {skipped > 0 && <Text size="xs" c={colorText('orange')}>{sayNumber(skipped)} {says.skipped.toLocaleLowerCase()}</Text>}
                  {failed + uncertain > 0 && <Text size="xs" c={colorText('red')}>{sayNumber(failed + uncertain)} {says.failed.toLocaleLowerCase()}</Text>}
                </Table.Td>
                <Table.Td ta="right">{sayNumber(sent)}</Table.Td>
                <Table.Td ta="right">{sayShare(opened, heard)}</Table.Td>
                <Table.Td ta="right">{sayShare(clicked, heard)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Part>
  );
}
