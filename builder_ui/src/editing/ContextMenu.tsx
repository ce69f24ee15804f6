import { Menu } from '@mantine/core';
import { IconArrowRight, IconClipboard, IconCopy, IconCut, IconFocusCentered, IconMessage2, IconPlus, IconSelectAll, IconSitemap, IconTrash, IconUnlink } from '@tabler/icons-react';

import { colorText } from '../ui/Tag';
import type { Point } from './adding';
import { type Doings, isMac, sayKeys } from './commands';
import { says } from './words';

/** Where it was asked for, and on what. */
export type Asked = { readonly x: number; readonly y: number; readonly on: 'step' | 'trigger' | 'several' | 'line' | 'canvas'; readonly at: Point };

/** What can be done right here. */
export function ContextMenu({ asked: { x, y, on, at }, doings, onAdd, onPaste, onClose }: {
  readonly asked: Asked;
  readonly doings: Doings;
  readonly onAdd: (at: Point) => void;
  readonly onPaste: (at: Point) => void;
  readonly onClose: () => void;
}) {
  const item = (label: string, Picture: typeof IconPlus, run: () => void, keys = '', isGrave = false) => (
    <Menu.Item leftSection={<Picture size={15} />} onClick={run} {...(isGrave ? { c: colorText('red') } : {})} {...(keys ? { rightSection: <span className="key-hint">{sayKeys(keys, isMac)}</span> } : {})}>{label}</Menu.Item>
  );
  const isStep = on === 'step' || on === 'trigger';
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={2} width={250} transitionProps={{ duration: 0 }}>
      <Menu.Target><button type="button" tabIndex={-1} className="menu-point" style={{ left: x, top: y }} aria-label={says.menu} /></Menu.Target>
      <Menu.Dropdown aria-label={says.menu}>
        {on === 'canvas' && (
          <>
            {item(says.addHere, IconPlus, () => onAdd(at))}
            {item(says.pasteHere, IconClipboard, () => onPaste(at))}
            <Menu.Divider />
            {item(says.selectAll, IconSelectAll, doings.chooseAll, 'mod+A')}
            {item(says.tidy, IconSitemap, doings.tidyUp, 'shift+T')}
            {item(says.fit, IconFocusCentered, doings.fit, 'shift+1')}
          </>
        )}
        {(isStep || on === 'line') && item(says.addStep, IconPlus, doings.add, 'A')}
        {(isStep || on === 'line') && item(says.lead, IconArrowRight, doings.lead, 'L')}
        {on === 'step' && item(says.comment, IconMessage2, doings.comment, 'C')}
        {(on === 'step' || on === 'several') && (
          <>
            {on === 'step' && <Menu.Divider />}
            {item(says.copy, IconCopy, doings.copy, 'mod+C')}
            {item(says.cut, IconCut, doings.cut, 'mod+X')}
            {item(says.duplicate, IconCopy, doings.duplicate, 'mod+D')}
            <Menu.Divider />
            {item(says.deleteSteps, IconTrash, doings.remove, 'Delete', true)}
          </>
        )}
        {on === 'line' && item(says.disconnect, IconUnlink, doings.remove, 'Delete', true)}
      </Menu.Dropdown>
    </Menu>
  );
}
