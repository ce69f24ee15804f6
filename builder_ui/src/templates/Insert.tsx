import { Button, Menu, Text } from '@mantine/core';
import { IconPhoto, IconPuzzle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { FilePicker } from '../files/FilePicker';
import { writeTag } from '../files/files';
import { words } from '../words/language';

const says = words({
  en: { insert: 'Insert', picture: 'A picture or file …', partials: 'Partials', all: 'All partials …' },
  de: { insert: 'Einfügen', picture: 'Ein Bild oder eine Datei …', partials: 'Bausteine', all: 'Alle Bausteine …' },
});

/** What can be put where the cursor stands: pictures, and the pieces that letters share. */
export function Insert({ names, insert }: { readonly names: readonly string[]; readonly insert: (text: string) => void }) {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Menu position="bottom-end" returnFocus={false}>
        <Menu.Target><Button size="xs" variant="default" leftSection={<IconPuzzle size={15} />}>{says.insert}</Button></Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Item leftSection={<IconPhoto size={15} />} onClick={() => setChoosing(true)}>{says.picture}</Menu.Item>
          <Menu.Divider />
          <Menu.Label>{says.partials}</Menu.Label>
          {names.map((name) => <Menu.Item key={name} onClick={() => insert(`{% include "${name}" %}`)}><Text size="sm" className="mono">{name}</Text></Menu.Item>)}
          <Menu.Divider />
          <Menu.Item component={Link} to="/partials">{says.all}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChoosing && <FilePicker choose={(file) => { setChoosing(false); insert(writeTag(file)); }} onClose={() => setChoosing(false)} />}
    </>
  );
}
