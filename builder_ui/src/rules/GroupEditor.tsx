import { ActionIcon, Box, Button, Group, Menu, Select, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconBracketsContain, IconBracketsContainStart, IconDots, IconPlus, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { moveItem } from '../fields/write';
import { addMember, changeGroup, GROUPS, type GroupKind, groupOf, makeGroup, membersOf, putMember, type Rule, unwrap, wrap } from './edit';
import { says } from './says';

const DEEPEST = 9;

/** Shows one leaf; null is a new one, of which nothing is kept yet. */
export type ShowLeaf<R extends Rule> = (leaf: R | null, change: (leaf: R) => void, menu: ReactNode) => ReactNode;
type Props<R extends Rule> = {
  /** Null: nothing is asked yet, and the first leaf is being written. */
  readonly rule: R | null;
  /** Null: nothing is left. */
  readonly change: (rule: R | null) => void;
  readonly leaf: ShowLeaf<R>;
  readonly depth?: number;
  readonly isFull?: boolean;
  readonly menu?: ReactNode;
};

/** A group of leaves and groups; a leaf by itself is shown as one. */
export function GroupEditor<R extends Rule>({ rule, change, leaf, depth = 0, isFull = false, menu }: Props<R>) {
  const [isAdding, setAdding] = useState<'leaf' | 'group' | null>(rule === null ? 'leaf' : null);
  const kind = rule === null ? null : groupOf(rule);
  const members: readonly (R | null)[] = rule === null ? [] : membersOf(rule);
  const shown = isAdding === null ? members : [...members, null];
  const put = (place: number, member: R | null) => {
    if (place < members.length && rule !== null) return change(putMember(rule, place, member));
    setAdding(null);
    if (member === null) return rule === null ? change(null) : undefined;
    const added = isAdding === 'group' ? makeGroup<R>('any', [member]) : member;
    change(rule === null ? added : addMember(rule, added));
  };
  return (
    <Box className={depth > 0 ? 'group nested' : 'group'}>
      {(kind !== null || depth > 0) && rule !== null && (
        <Group justify="space-between" wrap="nowrap" mb={6}>
          <Select size="xs" w={176} aria-label={says.group} allowDeselect={false} value={kind ?? 'all'} data={GROUPS.map((value) => ({ value, label: says.groups[value] }))} comboboxProps={{ withinPortal: true }}
            onChange={(next) => next && change(changeGroup(rule, next as GroupKind))} />
          {menu}
        </Group>
      )}
      <Stack gap={6}>
        {shown.map((member, place) => {
          const own = member === null ? <Remove onClick={() => put(place, null)} /> : (
            <MemberMenu member={member} put={(next) => put(place, next)} mayWrap={depth < DEEPEST}
              move={kind === null || rule === null || members.length < 2 ? null : (by) => change(makeGroup(kind, moveItem(membersOf(rule), place, by)))} />
          );
          return (
            <div key={place}>
              {member !== null && groupOf(member) !== null
                ? <GroupEditor rule={member} change={(next) => put(place, next)} leaf={leaf} depth={depth + 1} isFull={isFull} menu={own} />
                : leaf(member, (next) => put(place, next), own)}
            </div>
          );
        })}
      </Stack>
      {isAdding === null && !isFull && (
        <Group gap={4} mt={6}>
          <Add label={says.addCondition} onClick={() => setAdding('leaf')} />
          {depth < DEEPEST && rule !== null && <Add label={says.addGroup} onClick={() => setAdding('group')} />}
        </Group>
      )}
    </Box>
  );
}

function Add({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={onClick}>{label}</Button>;
}

function Remove({ onClick }: { readonly onClick: () => void }) {
  return <ActionIcon variant="subtle" color="gray" size={24} aria-label={says.remove} onClick={onClick}><IconX size={14} /></ActionIcon>;
}

function MemberMenu<R extends Rule>({ member, put, move, mayWrap }: { readonly member: R; readonly put: (member: R | null) => void; readonly move: ((by: number) => void) | null; readonly mayWrap: boolean }) {
  const isGroup = groupOf(member) !== null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size={24} aria-label={isGroup ? says.moreGroup : says.more}><IconDots size={16} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {move && <Menu.Item leftSection={<IconArrowUp size={14} />} onClick={() => move(-1)}>{says.up}</Menu.Item>}
        {move && <Menu.Item leftSection={<IconArrowDown size={14} />} onClick={() => move(1)}>{says.down}</Menu.Item>}
        {mayWrap && <Menu.Item leftSection={<IconBracketsContain size={14} />} onClick={() => put(wrap(member, 'any'))}>{says.wrap}</Menu.Item>}
        {isGroup && unwrap(member) !== member && <Menu.Item leftSection={<IconBracketsContainStart size={14} />} onClick={() => put(unwrap(member))}>{says.unwrap}</Menu.Item>}
        <Menu.Item leftSection={<IconX size={14} />} color="red" onClick={() => put(null)}>{says.remove}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
