import { ActionIcon, Button, Group, Popover, ScrollArea, SegmentedControl, Stack, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconBold, IconCheck, IconDeviceDesktop, IconDeviceMobile, type Icon, IconItalic, IconLink, IconUnderline, IconVariable } from '@tabler/icons-react';
import { type ReactNode, type SyntheticEvent, useState } from 'react';

import { says } from '../words';
import type { LetterCanvas } from './canvas';

// What is pressed here is no end of writing, and takes the cursor away from nothing.
const keep = (event: SyntheticEvent) => {
  event.preventDefault();
  event.stopPropagation();
};
const stay = (event: SyntheticEvent) => event.stopPropagation();

/** What can be done with the letter, or, while one writes, with the words. */
export function Toolbar({ canvas, values }: { readonly canvas: LetterCanvas; readonly values: readonly string[] }) {
  const { writing, mayEdit } = canvas;
  const canInsert = writing.isOn || ['mj-text', 'mj-button'].includes(String(canvas.selected?.get('type')));
  return (
    <Group className="visual-bar" justify="space-between" gap="xs" wrap="nowrap" role="toolbar" aria-label={says.tools}>
      <Group gap={4} wrap="nowrap">
        <Tool icon={IconArrowBackUp} label={says.undo} disabled={!mayEdit || !canvas.canUndo()} onClick={canvas.undo} />
        <Tool icon={IconArrowForwardUp} label={says.redo} disabled={!mayEdit || !canvas.canRedo()} onClick={canvas.redo} />
        {writing.isOn && (
          <Group gap={4} wrap="nowrap" ml="xs">
            <Tool icon={IconBold} label={says.bold} onClick={() => writing.format('bold')} />
            <Tool icon={IconItalic} label={says.italic} onClick={() => writing.format('italic')} />
            <Tool icon={IconUnderline} label={says.underline} onClick={() => writing.format('underline')} />
            <LinkTool canvas={canvas} />
          </Group>
        )}
        {mayEdit && canInsert && <ValueTool canvas={canvas} values={values} />}
        {writing.isOn && <Button size="xs" variant="light" ml={4} leftSection={<IconCheck size={14} />} onMouseDown={keep} onClick={() => writing.stop()}>{says.done}</Button>}
      </Group>
      <SegmentedControl size="xs" value={canvas.isPhone ? 'phone' : 'desktop'} aria-label={says.width} onChange={(value) => canvas.setWidth(value as 'desktop' | 'phone')}
        data={[{ value: 'desktop', label: <Labelled icon={IconDeviceDesktop}>{says.desktop}</Labelled> }, { value: 'phone', label: <Labelled icon={IconDeviceMobile}>{says.phone}</Labelled> }]} />
    </Group>
  );
}

function Labelled({ icon: Picture, children }: { readonly icon: Icon; readonly children: ReactNode }) {
  return <Group gap={6} wrap="nowrap"><Picture size={15} stroke={1.7} />{children}</Group>;
}

function Tool({ icon: Picture, label, disabled = false, onClick }: { readonly icon: Icon; readonly label: string; readonly disabled?: boolean; readonly onClick: () => void }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" size={30} aria-label={label} disabled={disabled} onMouseDown={keep} onClick={onClick}><Picture size={17} stroke={1.8} /></ActionIcon>
    </Tooltip>
  );
}

function LinkTool({ canvas }: { readonly canvas: LetterCanvas }) {
  const [opened, setOpened] = useState(false);
  const [href, setHref] = useState('https://');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target><ActionIcon variant="subtle" color="gray" size={30} aria-label={says.link} onMouseDown={keep} onClick={() => setOpened(!opened)}><IconLink size={17} stroke={1.8} /></ActionIcon></Popover.Target>
      <Popover.Dropdown onMouseDown={stay}>
        <form onSubmit={(event) => { event.preventDefault(); canvas.writing.format('createLink', href); setOpened(false); }}>
          <Stack gap="xs">
            <TextInput size="xs" w={280} label={says.linkTo} value={href} onChange={(event) => setHref(event.currentTarget.value)} data-autofocus />
            <Group justify="flex-end" gap="xs"><Button size="xs" variant="default" onClick={() => { canvas.writing.format('unlink'); setOpened(false); }}>{says.unlink}</Button><Button size="xs" type="submit">{says.link}</Button></Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function ValueTool({ canvas, values }: { readonly canvas: LetterCanvas; readonly values: readonly string[] }) {
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState('');
  const found = values.filter((one) => one.toLowerCase().includes(search.trim().toLowerCase()));
  const choose = (value: string) => {
    canvas.insertValue(value.startsWith('contact.') ? `{{ ${value}|default("") }}` : `{{ ${value} }}`);
    setOpened(false);
    setSearch('');
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target><Button size="xs" variant="default" ml={4} leftSection={<IconVariable size={15} />} onMouseDown={keep} onClick={() => setOpened(!opened)}>{says.value}</Button></Popover.Target>
      <Popover.Dropdown p="xs" onMouseDown={stay}>
        <Stack gap="xs" w={240}>
          <TextInput size="xs" aria-label={says.search} placeholder={says.search} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-autofocus />
          <ScrollArea.Autosize mah={240}>
            <ul className="plain" aria-label={says.values}>
              {found.map((value) => <li key={value}><UnstyledButton className="choice visual-value" onClick={() => choose(value)}>{value}</UnstyledButton></li>)}
              {found.length === 0 && <li className="visual-none">{says.nothingFound}</li>}
            </ul>
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
