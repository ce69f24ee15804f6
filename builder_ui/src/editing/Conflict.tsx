import { Button, Group, Modal, Stack, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { DifferenceList } from './DifferenceList';
import { compare } from './differences';
import { says } from './words';

/** Two people edited at once: nothing is lost, and one says which draft goes on. */
export function Conflict({ mine, theirs, keepMine, takeTheirs }: { readonly mine: Journey; readonly theirs: Journey; readonly keepMine: () => void; readonly takeTheirs: () => void }) {
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={says.conflict} size="lg">
      <Stack>
        <Text size="sm">{says.conflictMore}</Text>
        <Text size="sm" fw={600}>{says.differs}</Text>
        <DifferenceList from={mine} to={theirs} differences={compare(mine, theirs)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={takeTheirs}>{says.theirs}</Button>
          <Button onClick={keepMine} data-autofocus>{says.mine}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
