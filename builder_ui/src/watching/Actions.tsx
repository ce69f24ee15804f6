import { ActionIcon, Button, Group, Menu, Modal, Text } from '@mantine/core';
import { IconDoorExit, IconDots, IconPlayerSkipForward, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { tellDone, tellFailure } from '../ui/tell';
import { eject, replay, skip } from './asks';
import { says } from './peopleWords';

type Acting = {
  readonly enrollment: number;
  readonly who: string;
  readonly maySkip: boolean;
  readonly isAside: boolean;
  readonly mayEject: boolean;
};

/** What a colleague may do to somebody in a journey: let go on, try again, take out. */
export function Actions({ enrollment, who, maySkip, isAside, mayEject }: Acting) {
  const mayAct = useMay('journeys:publish');
  const [asks, setAsks] = useState(false);
  const act = useAct();
  if (!mayAct || !(maySkip || isAside || mayEject)) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={says.actions(who)} loading={act.isPending}><IconDots size={16} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {maySkip && <Menu.Item leftSection={<IconPlayerSkipForward size={15} />} title={says.skipMore} onClick={() => act.mutate({ done: says.skipped, what: () => skip(enrollment) })}>{says.skip}</Menu.Item>}
          {isAside && <Menu.Item leftSection={<IconRefresh size={15} />} onClick={() => act.mutate({ done: says.replayed, what: () => replay(enrollment) })}>{says.replay}</Menu.Item>}
          {mayEject && <Menu.Item color="red" leftSection={<IconDoorExit size={15} />} onClick={() => setAsks(true)}>{says.eject}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asks} onClose={() => setAsks(false)} title={says.ejectTitle(who)} closeButtonProps={{ 'aria-label': says.close }}>
        <Text size="sm">{says.ejectMore}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsks(false)}>{says.cancel}</Button>
          <Button color="red" onClick={() => {
            setAsks(false);
            act.mutate({ done: says.ejected, what: () => eject(enrollment) });
          }}>{says.ejectNow}</Button>
        </Group>
      </Modal>
    </>
  );
}

function useAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ what }: { readonly done: string; readonly what: () => Promise<unknown> }) => what(),
    onSuccess: (_answer, { done }) => tellDone(done),
    onError: tellFailure,
    onSettled: () => Promise.all(['people', 'enrollment', 'report', 'contact', 'timeline'].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}
