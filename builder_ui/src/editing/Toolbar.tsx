import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconAlertCircle, IconArrowBackUp, IconArrowForwardUp, IconBraces, IconCircleCheck, IconCloudCheck, IconCloudOff, IconCommand, IconDots, IconHistory, IconKeyboard, IconLoader2, IconPencil, IconPlus, IconSearch,
  IconSitemap, IconUsers,
} from '@tabler/icons-react';

import type { DraftView } from '../drafts/draft';
import { colorText } from '../ui/Tag';
import type { Doings } from './commands';
import type { Checked } from './problems';
import { says } from './words';

const STATUS = {
  saved: { icon: IconCloudCheck, color: 'green' },
  unsaved: { icon: IconPencil, color: 'gray' },
  saving: { icon: IconLoader2, color: 'gray' },
  offline: { icon: IconCloudOff, color: 'orange' },
  conflict: { icon: IconUsers, color: 'red' },
} as const;

/** What can be done with the draft, and how it stands with it. */
export function Toolbar({ draft, checked, doings, isJson, mayWrite, drawAnyway }: {
  readonly draft: DraftView;
  readonly checked: Checked;
  readonly doings: Doings;
  readonly isJson: boolean;
  readonly mayWrite: boolean;
  /** Lets somebody draw on a small screen who means to; null if there is nothing to let. */
  readonly drawAnyway: (() => void) | null;
}) {
  const { mayEdit } = doings;
  return (
    <Group className="toolbar" px="md" h={44} justify="space-between" wrap="nowrap" role="toolbar" aria-label={says.draft}>
      <Group gap={4} wrap="nowrap">
        {mayEdit && (
          <>
            <Button size="compact-sm" variant="light" leftSection={<IconPlus size={15} />} onClick={doings.add} visibleFrom="xs">{says.addStep}</Button>
            <ActionIcon variant="light" size={28} hiddenFrom="xs" aria-label={says.addStep} onClick={doings.add}><IconPlus size={16} /></ActionIcon>
            <Tool label={draft.undo === null ? says.undoNothing : says.undo(draft.undo)} isOff={draft.undo === null} onClick={doings.undo}><IconArrowBackUp size={17} /></Tool>
            <Tool label={draft.redo === null ? says.redoNothing : says.redo(draft.redo)} isOff={draft.redo === null} onClick={doings.redo}><IconArrowForwardUp size={17} /></Tool>
          </>
        )}
        {drawAnyway && <Button size="compact-sm" variant="light" leftSection={<IconPencil size={15} />} onClick={drawAnyway} title={says.phone}>{says.editHere}</Button>}
        <Tool label={says.find} onClick={doings.find}><IconSearch size={17} /></Tool>
        {mayEdit && <Tool label={says.tidy} onClick={doings.tidyUp}><IconSitemap size={17} /></Tool>}
        <Tool label={isJson ? says.graph : says.json} isOn={isJson} onClick={doings.toggleJson}><IconBraces size={17} /></Tool>
        <Menu position="bottom-start">
          <Menu.Target><ActionIcon variant="subtle" color="gray" size={28} aria-label={says.more}><IconDots size={17} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconHistory size={16} />} onClick={doings.openHistory}>{says.history}</Menu.Item>
            <Menu.Item leftSection={<IconCommand size={16} />} onClick={doings.openCommands}>{says.commands}</Menu.Item>
            <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={doings.openShortcuts}>{says.shortcuts}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Status draft={draft} mayEdit={mayWrite} />
        <ProblemCount checked={checked} open={doings.openProblems} />
      </Group>
    </Group>
  );
}

function Tool({ label, isOff = false, isOn = false, onClick, children }: { readonly label: string; readonly isOff?: boolean; readonly isOn?: boolean; readonly onClick: () => void; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant={isOn ? 'light' : 'subtle'} color={isOn ? 'indigo' : 'gray'} size={28} aria-label={label} aria-pressed={isOn || undefined} disabled={isOff} onClick={onClick}>{children}</ActionIcon>
    </Tooltip>
  );
}

function Status({ draft: { status, problem }, mayEdit }: { readonly draft: DraftView; readonly mayEdit: boolean }) {
  if (!mayEdit) return <Text size="xs" c="dimmed">{says.readOnly}</Text>;
  const { icon: Picture, color } = problem === null ? STATUS[status] : { icon: IconAlertCircle, color: 'red' };
  const said = problem === null ? says.status[status] : says.refused(problem);
  return (
    <Group gap={6} wrap="nowrap" role="status" title={said}>
      <Picture size={16} color={`var(--mantine-color-${color}-6)`} className={status === 'saving' ? 'turning' : undefined} aria-hidden />
      <Text size="xs" c="dimmed" visibleFrom={problem === null ? 'xs' : undefined} truncate maw={340}>{said}</Text>
    </Group>
  );
}

function ProblemCount({ checked: { problems, isCurrent, hasFailed }, open }: { readonly checked: Checked; readonly open: () => void }) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const color = hasFailed ? 'gray' : errors > 0 ? 'red' : problems.length > 0 ? 'yellow' : 'green';
  const said = hasFailed ? says.notChecked : !isCurrent && problems.length === 0 ? says.checking : problems.length === 0 ? says.noProblems : says.problems(errors, problems.length - errors);
  return (
    <Tooltip label={said} openDelay={400}>
      <Button size="compact-sm" variant="light" color={color} c={colorText(color)} aria-label={said} onClick={open} style={isCurrent ? undefined : { opacity: 0.7 }}
        leftSection={problems.length === 0 ? <IconCircleCheck size={15} /> : <IconAlertCircle size={15} />}>{problems.length === 0 ? '0' : problems.length}</Button>
    </Tooltip>
  );
}
