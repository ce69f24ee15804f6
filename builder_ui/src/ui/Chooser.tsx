import { Group, Kbd, Modal, ScrollArea, Text, TextInput, ThemeIcon, UnstyledButton } from '@mantine/core';
import { type Icon, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import { words } from '../words/language';

const says = words({
  en: { search: 'Search', nothing: 'Nothing found', close: 'Close', found: (n: number) => `${n} found` },
  de: { search: 'Suchen', nothing: 'Nichts gefunden', close: 'Schließen', found: (n: number) => `${n} gefunden` },
});

export type Choice = {
  readonly id: string;
  readonly label: string;
  readonly more?: string;
  readonly group?: string;
  readonly icon?: Icon;
  readonly color?: string;
  readonly keys?: string;
  /** What else it is found by. */
  readonly alsoKnownAs?: string;
};

/** Those of which all words typed are found somewhere. */
export function findChoices<Found extends Choice>(choices: readonly Found[], typed: string): readonly Found[] {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter(({ label, more = '', group = '', alsoKnownAs = '' }) => {
    const text = `${label} ${more} ${group} ${alsoKnownAs}`.toLowerCase();
    return asked.every((word) => text.includes(word));
  });
}

/** Asks for one of many: a few letters, arrows, Enter. */
export function Chooser({ title, choices, onChoose, onClose }: {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}) {
  const list = useId();
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const found = findChoices(choices, typed);
  const at = Math.min(place, Math.max(0, found.length - 1));
  const chosen = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void chosen.current?.scrollIntoView({ block: 'nearest' }); // newer browsers answer a promise, which is no clean-up
  }, [at, typed]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const choice = found[at];
    if (by !== 0) {
      event.preventDefault();
      setPlace((at + by + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && choice) {
      event.preventDefault();
      onChoose(choice.id);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size="md" padding="md" closeButtonProps={{ 'aria-label': says.close }} transitionProps={{ duration: 0 }}>
      <TextInput data-autofocus value={typed} onKeyDown={onKeyDown} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} role="combobox" aria-expanded
        aria-controls={list} aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setPlace(0);
        }} />
      <Text className="unseen" role="status">{says.found(found.length)}</Text>
      <ScrollArea.Autosize mah="56vh" mt="xs">
        <div id={list} role="listbox" aria-label={title}>
          {found.length === 0 && <Text size="sm" c="dimmed" p="sm">{says.nothing}</Text>}
          {found.map((choice, row) => (
            <div key={choice.id} role="presentation">
              {choice.group && choice.group !== found[row - 1]?.group && <Text size="xs" fw={600} c="dimmed" px="xs" pt="sm" pb={4}>{choice.group}</Text>}
              <UnstyledButton ref={row === at ? chosen : null} id={`${list}-${row}`} role="option" aria-selected={row === at} tabIndex={-1} w="100%" px="xs" py={6}
                className={row === at ? 'choice chosen' : 'choice'} onClick={() => onChoose(choice.id)}>
                <Group gap="sm" wrap="nowrap">
                  {choice.icon && <ThemeIcon variant="light" color={choice.color ?? 'gray'} size={28} radius="md"><choice.icon size={16} stroke={1.8} /></ThemeIcon>}
                  <div className="grow">
                    <Text size="sm" truncate>{choice.label}</Text>
                    {choice.more && <Text size="xs" c="dimmed" truncate>{choice.more}</Text>}
                  </div>
                  {choice.keys && <Kbd size="xs">{choice.keys}</Kbd>}
                </Group>
              </UnstyledButton>
            </div>
          ))}
        </div>
      </ScrollArea.Autosize>
    </Modal>
  );
}
