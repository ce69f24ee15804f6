import { Alert, Button, Code, CopyButton, Group, Modal, Stack } from '@mantine/core';

import { says } from './partsWords';

/** A secret, to be copied now. */
export function ShownOnce({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={says.endpoints.secret} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Alert color="yellow" variant="light">{says.endpoints.once}</Alert>
        <Code block className="wrapped" tabIndex={0}>{secret}</Code>
        <Group justify="flex-end"><CopyButton value={secret}>{({ copied, copy }) => <Button onClick={copy}>{copied ? says.endpoints.copied : says.endpoints.copy}</Button>}</CopyButton><Button variant="default" onClick={onClose}>{says.close}</Button></Group>
      </Stack>
    </Modal>
  );
}
