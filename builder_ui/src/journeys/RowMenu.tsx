import { ActionIcon, Alert, Autocomplete, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconDownload, IconFolder, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api } from '../api/client';
import type { JourneySummary } from '../api/types';
import { forgetDraft } from '../drafts/open';
import { useMay } from '../session/asks';
import { tellDone, tellFailure } from '../ui/tell';
import { downloadJson } from './download';
import { listFolders } from './finding';
import { NameAndKey } from './NameAndKey';
import { says } from './words';

type Props = { readonly journey: JourneySummary; readonly all: readonly JourneySummary[] };

/** What may be done with a journey in the list. */
export function RowMenu({ journey, all }: Props) {
  const [open, setOpen] = useState<'duplicate' | 'folder' | 'remove' | null>(null);
  const mayEdit = useMay('journeys:write');
  const mayRemove = useMay('journeys:publish');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { key, name } = journey;
  const path = { path: { key } };
  const isResting = journey.state === 'draft' || journey.state === 'stopped';
  const arrange = useMutation({
    mutationFn: (body: { folder?: string; archived?: boolean }) => answer(api.PATCH('/api/v1/journeys/{key}', { params: path, body })),
    onSuccess: (_shown, { archived }) => {
      setOpen(null);
      if (archived) tellDone(says.putAway(name));
      return queries.invalidateQueries({ queryKey: ['journeys'] });
    },
    onError: tellFailure,
  });
  const exportIt = async () => {
    const { draft } = await answer(api.GET('/api/v1/journeys/{key}', { params: path }));
    downloadJson(`${key}.json`, draft);
    tellDone(says.exported);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={says.actions(name)}><IconDots size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {mayEdit && <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => void navigate({ to: `/journeys/${key}`, search: { view: 'edit' } })}>{says.edit}</Menu.Item>}
          {mayEdit && <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setOpen('duplicate')}>{says.duplicate}</Menu.Item>}
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void exportIt().catch(tellFailure)}>{says.exportIt}</Menu.Item>
          {mayEdit && <Menu.Item leftSection={<IconFolder size={16} />} onClick={() => setOpen('folder')}>{says.move}</Menu.Item>}
          {mayEdit && journey.archived_at === null && isResting && <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => arrange.mutate({ archived: true })}>{says.archive}</Menu.Item>}
          {mayEdit && journey.archived_at !== null && <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={() => arrange.mutate({ archived: false })}>{says.unarchive}</Menu.Item>}
          {mayRemove && journey.state === 'draft' && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('remove')}>{says.removeDraft}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {open === 'duplicate' && (
        <Modal opened onClose={() => setOpen(null)} title={says.duplicate} closeButtonProps={{ 'aria-label': says.close }}>
          <NameAndKey first={says.copyOf(name)} taken={new Set(all.map((one) => one.key))} does={says.make} onCancel={() => setOpen(null)}
            onMake={async (made) => {
              await answer(api.POST('/api/v1/journeys/{key}/duplicate', { params: path, body: made }));
              await queries.invalidateQueries({ queryKey: ['journeys'] });
              await navigate({ to: `/journeys/${made.key}`, search: { view: 'edit' } });
            }} />
        </Modal>
      )}
      {open === 'folder' && <Folder journey={journey} all={all} onClose={() => setOpen(null)} onPut={(folder) => arrange.mutate({ folder })} />}
      {open === 'remove' && <Remove journey={journey} onClose={() => setOpen(null)} />}
    </>
  );
}

function Folder({ journey, all, onClose, onPut }: Props & { readonly onClose: () => void; readonly onPut: (folder: string) => void }) {
  const [folder, setFolder] = useState(journey.folder);
  return (
    <Modal opened onClose={onClose} title={says.move} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); onPut(folder); }}>
        <Stack>
          <Autocomplete label={says.folderName} description={says.folderMore} value={folder} onChange={setFolder} data={[...listFolders(all)]} maxLength={60} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit">{says.save}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Remove({ journey: { key, name }, onClose }: { readonly journey: JourneySummary; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/journeys/{key}', { params: { path: { key } } })),
    onSuccess: () => {
      forgetDraft(key);
      queries.removeQueries({ queryKey: ['draft', key] });
      tellDone(says.removed);
      onClose();
      return queries.invalidateQueries({ queryKey: ['journeys'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={says.removeDraft} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.sure(name)}</Text>
        {remove.error && <Alert color="red" variant="light">{remove.error.message}</Alert>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{says.removeNow}</Button></Group>
      </Stack>
    </Modal>
  );
}
