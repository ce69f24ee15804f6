import { Kbd, Modal, Table, Text } from '@mantine/core';

import { words } from '../words/language';
import { type Command, isMac, sayKeys } from './commands';
import { says } from './words';

const more = words({
  en: { arrows: 'Go to the step before, after, left or right', nudge: 'Move what is chosen', enter: 'To the details of the step', save: 'Save now', several: 'Choose several, or draw a frame around them' },
  de: { arrows: 'Zum Schritt davor, danach, links oder rechts', nudge: 'Gewähltes verschieben', enter: 'Zu den Einzelheiten des Schritts', save: 'Jetzt speichern', several: 'Mehrere wählen, oder einen Rahmen ziehen' },
});

/** Which key does what. */
export function Shortcuts({ commands, onClose }: { readonly commands: readonly Command[]; readonly onClose: () => void }) {
  const rows = [
    ...commands.flatMap(({ id, label, keys, shown }): [string, readonly string[]][] => (shown ? [[label, [shown]]] : keys.length > 0 ? [[label, keys.filter((key) => id === 'add' || !/^shift\+[!?+]/.test(key))]] : [])),
    [more.arrows, ['↑', '↓', '←', '→']], [more.nudge, ['alt+↑']], [more.enter, ['Enter']], [more.save, ['mod+S']], [more.several, ['shift+click']],
  ] as const;
  return (
    <Modal opened onClose={onClose} title={says.shortcuts} size="md" closeButtonProps={{ 'aria-label': says.close }}>
      <Table verticalSpacing={4} withRowBorders={false}>
        <Table.Thead className="unseen"><Table.Tr><Table.Th>{says.does}</Table.Th><Table.Th>{says.keys}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {rows.map(([label, keys]) => (
            <Table.Tr key={label}>
              <Table.Td><Text size="sm">{label}</Text></Table.Td>
              <Table.Td ta="right">{keys.map((key) => <Kbd key={key} ml={6} className="whole">{sayKeys(key, isMac)}</Kbd>)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
