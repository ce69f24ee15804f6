import { Box, Group, ScrollArea, Text, TextInput, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconGripVertical, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

import { describeOffer, findKinds, type Offer } from './adding';
import { says } from './words';

/** Under which name a dragged kind travels. */
export const DRAGGED = 'application/x-sojourn-kind';

/** All kinds of steps: to drag onto the canvas, or to add after what is chosen. */
export function Palette({ onAdd }: { readonly onAdd: (kind: Offer) => void }) {
  const [typed, setTyped] = useState('');
  const shelves = findKinds(typed);
  return (
    <ScrollArea component="nav" aria-label={says.palette} w={212} h="100%" visibleFrom="md" className="palette">
      <Box p="sm">
        <TextInput size="xs" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={says.search} aria-label={`${says.palette}: ${says.search}`} leftSection={<IconSearch size={14} />} />
        {shelves.length === 0 && <Text size="sm" c="dimmed" mt="sm">{says.nothingFound}</Text>}
        {shelves.map(([shelf, kinds]) => (
          <div key={shelf}>
            <Text size="xs" fw={600} c="dimmed" mt="sm" mb={4}>{says.shelves[shelf]}</Text>
            {kinds.map((kind) => <Item key={kind} kind={kind} onAdd={() => onAdd(kind)} />)}
          </div>
        ))}
        <Text size="xs" c="dimmed" mt="md">{says.dragHint}</Text>
      </Box>
    </ScrollArea>
  );
}

function Item({ kind, onAdd }: { readonly kind: Offer; readonly onAdd: () => void }) {
  const { name, color, icon: Picture } = describeOffer(kind);
  return (
    <UnstyledButton draggable w="100%" className="kind" px={6} py={5} onClick={onAdd}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}>
      <Group gap={8} wrap="nowrap">
        <ThemeIcon variant="light" color={color} size={26} radius="md"><Picture size={15} stroke={1.8} /></ThemeIcon>
        <Text size="sm" flex={1} truncate>{name}</Text>
        <IconGripVertical size={14} color="var(--mantine-color-dimmed)" aria-hidden />
      </Group>
    </UnstyledButton>
  );
}
