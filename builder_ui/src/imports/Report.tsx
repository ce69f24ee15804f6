import { Alert, Button, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { Card } from '../ui/Card';
import { Figure } from '../ui/Figure';
import { tellFailure } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { downloadRefused, type ImportShown, startImport } from './asks';
import { Doing } from './parts';
import { says } from './words';

const isList = ({ plan }: ImportShown) => plan?.['mode'] === 'suppressions';

/** What the import would do, and the way to do it. */
export function Checked({ shown, change, discard }: { readonly shown: ImportShown; readonly change: () => void; readonly discard: () => void }) {
  const queries = useQueryClient();
  const good = shown.rows - shown.counts.refused;
  const start = useMutation({
    mutationFn: () => startImport(shown.id, shown.revision),
    onSuccess: (next) => queries.setQueryData(['import', shown.id], next),
  });
  return (
    <Stack>
      <Card title={says.checkedTitle}>
        <Found shown={shown} />
        <Text size="sm" c="dimmed">{good === 0 ? says.nothingToBring : says.nothingDone}</Text>
      </Card>
      <Refused shown={shown} />
      <Doing isList={isList(shown)} />
      {start.error && <Alert color="red" variant="light" role="alert">{start.error.message}</Alert>}
      <Group justify="space-between" className="foot">
        <Button variant="default" onClick={discard}>{says.discard}</Button>
        {shown.is_mine && <Group gap="xs"><Button variant="default" onClick={change}>{says.back}</Button><Button disabled={good === 0} loading={start.isPending} onClick={() => start.mutate()}>{says.bring(sayNumber(good), good)}</Button></Group>}
      </Group>
    </Stack>
  );
}

/** What came of it. */
export function Ended({ shown }: { readonly shown: ImportShown }) {
  const { counts, rows, done, state, waiting } = shown;
  const isDone = state === 'done';
  const numbers = [sayNumber(rows - counts.refused), sayNumber(counts.refused), rows - counts.refused] as const;
  return (
    <Stack>
      <Alert color={isDone ? 'green' : 'orange'} variant="light" role="status" icon={isDone ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />} title={isDone ? says.done : says.cancelled}>
        {isDone ? (isList(shown) ? says.doneList(...numbers) : says.doneMore(...numbers)) : says.cancelledMore(sayNumber(done - waiting), sayNumber(rows))}
      </Alert>
      {counts.aside > 0 && <Alert color="red" variant="light">{says.aside(sayNumber(counts.aside))}</Alert>}
      <Card title={says.asChecked}><Found shown={shown} /></Card>
      <Refused shown={shown} />
      <Text size="xs" c="dimmed">{says.forgotten}</Text>
      <Group><Button component={Link} to="/contacts">{says.toContacts}</Button><Button variant="default" component={Link} to="/contacts/import">{says.another}</Button></Group>
    </Stack>
  );
}

function Found({ shown }: { readonly shown: ImportShown }) {
  const { counts } = shown;
  return (
    <>
      <div className="import-figures">
        <Figure label={isList(shown) ? says.newAddresses : says.new} value={sayNumber(counts.new)} />
        {!isList(shown) && <Figure label={says.changed} value={sayNumber(counts.changed)} />}
        <Figure label={isList(shown) ? says.sameAddresses : says.same} value={sayNumber(counts.same)} />
        {counts.repeated > 0 && <Figure label={says.repeated} value={sayNumber(counts.repeated)} />}
        <Figure label={says.refused} value={sayNumber(counts.refused)} />
      </div>
      {counts.repeated > 0 && <Text size="sm">{says.repeatedMore(sayNumber(counts.repeated), counts.repeated)}</Text>}
      {counts.yes + counts.no > 0 && <Text size="sm">{says.consents(sayNumber(counts.yes), sayNumber(counts.no))}</Text>}
      {counts.kept_no > 0 && <Text size="sm">{says.keptNo(sayNumber(counts.kept_no), counts.kept_no)}</Text>}
    </>
  );
}

function Refused({ shown: { id, counts, reasons, refused } }: { readonly shown: ImportShown }) {
  const load = useMutation({ mutationFn: () => downloadRefused(id), onError: tellFailure });
  if (counts.refused === 0) return null;
  return (
    <Card title={says.why} actions={<Button onClick={() => load.mutate()} loading={load.isPending} variant="default" size="xs" leftSection={<IconDownload size={14} />}>{says.download}</Button>}>
      <ul className="import-doing">{reasons.map(({ words, rows }) => <li key={words}><Text size="sm">{words}: <strong>{sayNumber(rows)}</strong></Text></li>)}</ul>
      <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={6} layout="fixed" stickyHeader>
          <Table.Thead><Table.Tr><Table.Th w={80}>{says.line}</Table.Th><Table.Th>{says.reason}</Table.Th><Table.Th visibleFrom="sm">{says.cells}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{refused.map(({ line, words, cells }) => <Table.Tr key={line}><Table.Td className="numbers">{line}</Table.Td><Table.Td><Text size="sm">{words}</Text></Table.Td><Table.Td visibleFrom="sm"><Text size="xs" c="dimmed" truncate>{cells.filter(Boolean).join(' · ')}</Text></Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {counts.refused > refused.length && <Text size="xs" c="dimmed">{says.first(sayNumber(refused.length))}</Text>}
      <Text size="xs" c="dimmed">{says.refusedMore}</Text>
    </Card>
  );
}
