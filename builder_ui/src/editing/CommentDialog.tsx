import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { says } from './words';

const LONGEST = 2000;

/** What colleagues should know of a step. */
export function CommentDialog({ title, note, onKeep, onClose }: { readonly title: string; readonly note: string; readonly onKeep: (note: string) => void; readonly onClose: () => void }) {
  const [typed, setTyped] = useState(note);
  return (
    <Modal opened onClose={onClose} title={says.comment} size="md" closeButtonProps={{ 'aria-label': says.close }} transitionProps={{ duration: 0 }}>
      <Stack gap="sm">
        <Text size="sm" fw={600}>{title}</Text>
        <Textarea data-autofocus autosize minRows={3} maxRows={12} maxLength={LONGEST} aria-label={says.comment} description={says.commentHint} value={typed} onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => (event.metaKey || event.ctrlKey) && event.key === 'Enter' && onKeep(typed)} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>{says.cancel}</Button>
          <Button onClick={() => onKeep(typed)}>{says.keep}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
