import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { IconPhoto, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Empty, Failure, Loading } from '../ui/States';
import { askFiles, type FileShown } from './asks';
import { FileGrid } from './FileGrid';
import { Upload } from './Upload';
import { says } from './words';

/** Chooses one of the files for letters, or of the pictures alone; one that is uploaded here is chosen at once. */
export function FilePicker({ pictures = false, choose, onClose }: { readonly pictures?: boolean; readonly choose: (file: FileShown) => void; readonly onClose: () => void }) {
  const query = useInfiniteQuery(askFiles());
  const [search, setSearch] = useState('');
  const files = query.data?.pages.flatMap(({ items }) => items).filter(({ is_picture }) => is_picture || !pictures) ?? [];
  const found = files.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <Modal opened onClose={onClose} size="xl" title={says.choose} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Upload onAdded={([one, ...more]) => one && more.length === 0 && (one.is_picture || !pictures) && choose(one)} />
        {query.error && !query.data ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data ? <Loading /> : files.length === 0 ? <Empty icon={IconPhoto} title={says.none}>{says.noneMore}</Empty> : (
          <>
            <TextInput value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maw={320} />
            {found.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : <FileGrid files={found} choose={choose} />}
            {query.hasNextPage && <Button variant="default" mx="auto" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{says.older}</Button>}
          </>
        )}
      </Stack>
    </Modal>
  );
}
