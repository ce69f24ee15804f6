import { ActionIcon, Anchor, Button, CopyButton, Group, Modal, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconCopy, IconPhoto, IconSearch, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { tellDone, tellFailure } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { askFiles, askUses, type FileShown, removeFile } from './asks';
import { FileGrid } from './FileGrid';
import { saySize } from './files';
import { Upload } from './Upload';
import { says } from './words';

/** Everything that letters show or take along. */
export function FilesPage() {
  const query = useInfiniteQuery(askFiles());
  const mayEdit = useMay('journeys:write');
  const [search, setSearch] = useState('');
  const [removing, remove] = useState<FileShown | null>(null);
  const files = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const found = files.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const octets = query.data?.pages[0]?.octets ?? 0;
  return (
    <Page title={says.title} more={says.more}>
      {query.error && !query.data ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data ? <Loading /> : (
        <Stack>
          {mayEdit && <Upload />}
          {files.length === 0 ? <Empty icon={IconPhoto} title={says.none}>{says.noneMore}</Empty> : (
            <>
              <Group justify="space-between">
                <TextInput value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maw={320} />
                <Text size="xs" c="dimmed">{says.all(`${sayNumber(files.length)}${query.hasNextPage ? '+' : ''}`, saySize(octets))}</Text>
              </Group>
              {found.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : <FileGrid files={found} actions={(file) => <Actions file={file} remove={mayEdit ? remove : null} />} />}
              {query.hasNextPage && <Button variant="default" mx="auto" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{says.older}</Button>}
            </>
          )}
        </Stack>
      )}
      {removing && <Remove file={removing} onClose={() => remove(null)} />}
    </Page>
  );
}

function Actions({ file, remove }: { readonly file: FileShown; readonly remove: ((file: FileShown) => void) | null }) {
  return (
    <Group gap={4} justify="space-between" wrap="nowrap" mt={4}>
      <CopyButton value={file.in_template}>
        {({ copy }) => <Button size="compact-xs" variant="default" leftSection={<IconCopy size={13} />} aria-label={says.copy(file.name)} onClick={() => { copy(); tellDone(says.copied); }}>{says.copyShort}</Button>}
      </CopyButton>
      {remove && <Tooltip label={says.removeShort}><ActionIcon size={24} variant="subtle" color="gray" aria-label={says.remove(file.name)} onClick={() => remove(file)}><IconTrash size={15} /></ActionIcon></Tooltip>}
    </Group>
  );
}

function Remove({ file, onClose }: { readonly file: FileShown; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const { data: uses, error } = useQuery(askUses(file.digest));
  const remove = useMutation({
    mutationFn: () => removeFile(file.digest),
    onSuccess: () => { tellDone(says.removed); onClose(); return queries.invalidateQueries({ queryKey: ['files'] }); },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.removeTitle} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm" fw={600} className="wrapped">{file.name}</Text>
        {error ? <Failure error={error} /> : !uses ? <Loading /> : uses.items.length > 0 ? (
          <Text size="sm">{says.usedBy} {uses.items.map(({ key, name }, place) => <span key={key}>{place > 0 && ', '}<Anchor component={Link} to={`/templates/${key}`} size="sm" underline="always">{name}</Anchor></span>)}</Text>
        ) : uses.is_logo ? <Text size="sm">{says.isLogo} <Anchor component={Link} to="/settings/public-pages" size="sm" underline="always">{says.publicPages}</Anchor></Text> : <Text size="sm">{says.sure}</Text>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" disabled={uses?.items.length !== 0 || uses.is_logo} loading={remove.isPending} onClick={() => remove.mutate()}>{says.removeShort}</Button></Group>
      </Stack>
    </Modal>
  );
}
