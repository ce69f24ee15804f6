import { FileButton, Button, Group, Paper, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { tellDone, tellFailure } from '../ui/tell';
import { addFile, type FileShown } from './asks';
import { LARGEST } from './files';
import { says } from './words';

const TAKEN = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain,text/csv,text/calendar,text/vcard';

/** Takes files of this computer, dropped or chosen, and says which once all are kept. */
export function Upload({ onAdded }: { readonly onAdded?: (files: readonly FileShown[]) => void }) {
  const queries = useQueryClient();
  const [isOver, setOver] = useState(false);
  const add = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const added: FileShown[] = [];
      for (const file of files) {
        if (file.size > LARGEST) throw new Error(says.tooLarge(file.name));
        const kept = await addFile(file);
        tellDone(says.added(kept.name));
        added.push(kept);
      }
      return added;
    },
    onSuccess: onAdded,
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries({ queryKey: ['files'] }),
  });
  return (
    <Paper withBorder radius="lg" p="md" className={`dropping${isOver ? ' over' : ''}`} aria-busy={add.isPending}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); if (!add.isPending) add.mutate([...event.dataTransfer.files]); }}>
      <Group justify="space-between" gap="sm">
        <div className="grow"><Text fw={600} size="sm" visibleFrom="sm">{says.drop}</Text><Text size="xs" c="dimmed">{says.dropMore}</Text></div>
        <FileButton multiple accept={TAKEN} onChange={(files) => { if (files.length > 0) add.mutate(files); }}>
          {(open) => <Button {...open} size="xs" variant="default" leftSection={<IconUpload size={15} />} loading={add.isPending}>{add.isPending ? says.uploading : says.upload}</Button>}
        </FileButton>
      </Group>
    </Paper>
  );
}
