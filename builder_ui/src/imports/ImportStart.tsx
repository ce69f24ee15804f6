import { Alert, Anchor, Button, Code, FileButton, Group, Loader, Paper, Stack, Table, Text } from '@mantine/core';
import { IconArrowLeft, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { sayInstant, sayNumber } from '../words/formats';
import { askImports, type ImportItem, sendFile } from './asks';
import { holdFile } from './held';
import { StateTag, Steps } from './parts';
import { says } from './words';

const OVER = new Set<ImportItem['state']>(['done', 'cancelled']);

/** Takes a file, and lists what was imported lately. */
export function ImportStart() {
  const { data, error, refetch } = useQuery(askImports());
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOver, setOver] = useState(false);
  const [large, setLarge] = useState(false);
  const send = useMutation({
    mutationFn: async (file: File) => {
      const sent = await sendFile(file, {});
      holdFile(sent.id, file);
      return sent;
    },
    onSuccess: async (sent) => {
      queries.setQueryData(['import', sent.id], sent);
      await navigate({ to: `/contacts/import/${sent.id}` });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const busy = data.items.find(({ state }) => !OVER.has(state));
  const most = sayNumber(data.most_bytes / 1024 / 1024);
  const take = (file: File | null | undefined) => {
    if (!file || send.isPending) return;
    setLarge(file.size > data.most_bytes);
    if (file.size <= data.most_bytes) send.mutate(file);
  };
  return (
    <Page title={says.title} more={says.more} actions={<Anchor component={Link} to="/contacts" size="sm"><Group gap={4}><IconArrowLeft size={14} />{says.contacts}</Group></Anchor>}>
      <Stack maw={980}>
        <Steps place={0} />
        {busy && <Alert color="blue" variant="light"><Group gap="sm"><Text size="sm">{says.underWay(busy.name)}</Text><Button size="compact-sm" variant="default" component={Link} to={`/contacts/import/${busy.id}`}>{says.look}</Button></Group></Alert>}
        <div className={`import-drop${isOver ? ' over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]); }}>
          {send.isPending ? <Group gap="sm" role="status"><Loader size="sm" /><Text size="sm">{says.uploading}</Text></Group> : (
            <>
              <FileButton onChange={take} accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain">{(props) => <Button {...props} leftSection={<IconUpload size={16} />}>{says.choose}</Button>}</FileButton>
              <Text size="sm" c="dimmed" visibleFrom="sm">{says.drop}</Text>
            </>
          )}
          <Text size="xs" c="dimmed" maw={560}>{says.limits(most, sayNumber(data.most_rows))} <Code>sojourn contacts import</Code></Text>
        </div>
        {large && <Alert color="red" variant="light" role="alert">{says.tooLarge(most)}</Alert>}
        {send.error && <Alert color="red" variant="light" role="alert">{send.error.message}</Alert>}
        <Earlier items={data.items} />
      </Stack>
    </Page>
  );
}

function Earlier({ items }: { readonly items: readonly ImportItem[] }) {
  if (items.length === 0) return <Text size="sm" c="dimmed">{says.nothingYet}</Text>;
  return (
    <Card title={says.earlier}>
      <Paper style={{ overflow: 'hidden' }}>
        <Table verticalSpacing={8} layout="fixed">
          <Table.Thead><Table.Tr><Table.Th>{says.file}</Table.Th><Table.Th w={160} visibleFrom="sm">{says.by}</Table.Th><Table.Th w={100} ta="right" visibleFrom="sm">{says.rows}</Table.Th><Table.Th w={170} visibleFrom="sm">{says.when}</Table.Th><Table.Th w={{ base: 130, sm: 150 }}>{says.state}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {items.map(({ id, name, by, by_name, rows, created_at, state }) => (
              <Table.Tr key={id}>
                <Table.Td><Anchor component={Link} to={`/contacts/import/${id}`} fw={600} size="sm" c="var(--mantine-color-text)" display="block" truncate aria-label={says.open(name)}>{name}</Anchor></Table.Td>
                <Table.Td visibleFrom="sm"><Text size="sm" truncate>{by_name ?? by}</Text></Table.Td>
                <Table.Td visibleFrom="sm" ta="right" className="numbers">{sayNumber(rows)}</Table.Td>
                <Table.Td visibleFrom="sm"><Text size="sm" c="dimmed">{sayInstant(created_at)}</Text></Table.Td>
                <Table.Td><StateTag state={state} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Text size="xs" c="dimmed">{says.nothingYet}</Text>
    </Card>
  );
}
