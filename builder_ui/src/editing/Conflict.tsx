import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';

import type { Journey } from '../generated/journey';
import { DifferenceList } from './DifferenceList';
import { DifferencePicture } from './DifferencePicture';
import { compare } from './differences';
import { says } from './words';

/** Two people edited at once: nothing is lost, and one says which draft goes on. */
export function Conflict({ mine, theirs, keepMine, takeTheirs }: { readonly mine: Journey; readonly theirs: Journey; readonly keepMine: () => void; readonly takeTheirs: () => void }) {
  const differences = useMemo(() => compare(mine, theirs), [mine, theirs]);
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={says.conflict} size="xl">
      <Stack>
        <Text size="sm">{says.conflictMore}</Text>
        <div className="conflict"><DifferencePicture from={mine} to={theirs} differences={differences} /></div>
        <Text size="sm" fw={600}>{says.differs}</Text>
        <DifferenceList from={mine} to={theirs} differences={differences} height={200} />
        <Group justify="flex-end">
          <Button variant="default" onClick={takeTheirs}>{says.theirs}</Button>
          <Button onClick={keepMine} data-autofocus>{says.mine}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
