import { Button, Menu, Text } from '@mantine/core';
import { IconPuzzle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { words } from '../words/language';

const says = words({
  en: { insert: 'Insert', partials: 'Partials', all: 'All partials …' },
  de: { insert: 'Einfügen', partials: 'Bausteine', all: 'Alle Bausteine …' },
});

/** What can be put where the cursor stands: the pieces that letters share. */
export function Insert({ names, insert }: { readonly names: readonly string[]; readonly insert: (text: string) => void }) {
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target><Button size="xs" variant="default" leftSection={<IconPuzzle size={15} />}>{says.insert}</Button></Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>{says.partials}</Menu.Label>
        {names.map((name) => <Menu.Item key={name} onClick={() => insert(`{% include "${name}" %}`)}><Text size="sm" className="mono">{name}</Text></Menu.Item>)}
        <Menu.Divider />
        <Menu.Item component={Link} to="/partials">{says.all}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
