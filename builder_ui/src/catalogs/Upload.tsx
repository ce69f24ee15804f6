import { Alert, Button, FileInput, Group, Modal, Progress, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { sayNumber } from '../words/formats';
import { askCatalog, type CatalogShown, type Replaced, replaceItems } from './asks';
import { says } from './words';

/** Puts a file in the place of all items, and says which of its lines cannot be read. */
export function Upload({ catalog, onClose }: { readonly catalog: CatalogShown; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const upload = useMutation({
    mutationFn: (skips: boolean) => replaceItems(catalog.name, file as File, skips),
    onSettled: () => Promise.all([['catalog', catalog.name], ['catalogs']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const { data: live } = useQuery(askCatalog(catalog.name, upload.isPending));
  const coming = upload.isPending ? live?.upload : null;
  const { data: done } = upload;
  return (
    <Modal opened onClose={onClose} size="lg" title={says.uploadTitle} closeButtonProps={{ 'aria-label': says.close }} closeOnClickOutside={!upload.isPending}>
      <Stack>
        <Text size="sm">{says.uploadMore}</Text>
        <Text size="sm">{says.keyField}: <code>{catalog.key_field}</code></Text>
        <FileInput label={says.file} placeholder={says.choose} accept=".csv,.jsonl,.ndjson,.json,.txt,text/csv" leftSection={<IconFile size={16} />} value={file} onChange={(next) => { setFile(next); upload.reset(); }} disabled={upload.isPending} clearable={!upload.isPending} clearButtonProps={{ 'aria-label': says.cancel }} data-autofocus />
        {upload.isPending && (
          <Stack gap={4} role="status">
            <Progress value={coming?.percent ?? 0} animated aria-label={says.upload} />
            <Text size="xs" c="dimmed" className="numbers">{says.coming(sayNumber(coming?.rows ?? 0))}</Text>
          </Stack>
        )}
        {upload.error && <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />}>{upload.error.message}</Alert>}
        {done && <Outcome done={done} />}
        <Group justify="flex-end">
          {done?.is_used ? <Button onClick={onClose}>{says.done}</Button> : (
            <>
              <Button variant="default" onClick={onClose} disabled={upload.isPending}>{says.cancel}</Button>
              {done ? <Button onClick={() => upload.mutate(true)}>{says.useRest}</Button> : <Button disabled={file === null} loading={upload.isPending} onClick={() => upload.mutate(false)}>{says.begin}</Button>}
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Outcome({ done }: { readonly done: Replaced }) {
  return (
    <>
      <Alert color={done.is_used ? 'green' : 'orange'} variant="light" icon={done.is_used ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}>
        {done.is_used ? says.used(sayNumber(done.items), sayNumber(done.added), sayNumber(done.removed)) : done.refused === 1 ? says.unusedOne : says.unused(sayNumber(done.refused))}
        {done.is_used && done.refused > 0 && ` ${says.left(sayNumber(done.refused))}`}
      </Alert>
      {done.mistakes.length > 0 && (
        <ScrollArea.Autosize mah={260} viewportProps={{ tabIndex: 0 }}>
          <Table verticalSpacing={6} stickyHeader>
            <Table.Thead><Table.Tr><Table.Th w={{ base: 60, sm: 80 }}>{says.line}</Table.Th><Table.Th w={{ base: 84, sm: 140 }}>{says.key}</Table.Th><Table.Th>{says.why}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{done.mistakes.map(({ place, key, words }) => <Table.Tr key={place}><Table.Td className="numbers">{place}</Table.Td><Table.Td><Text size="sm" className="wrapped">{key ?? ''}</Text></Table.Td><Table.Td><Text size="sm">{words}</Text></Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {done.refused > done.mistakes.length && <Text size="xs" c="dimmed">{says.shownFirst(sayNumber(done.mistakes.length))}</Text>}
    </>
  );
}
