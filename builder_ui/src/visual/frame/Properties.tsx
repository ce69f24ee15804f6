import { ActionIcon, Alert, Button, ColorInput, Group, NativeSelect, ScrollArea, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconCornerLeftUp, type Icon, IconPencil, IconPhoto, IconTrash } from '@tabler/icons-react';
import type { Component } from 'grapesjs';
import { useEffect, useRef, useState } from 'react';

import { type Field, FIELDS, iconAddress, ICONS } from '../blocks';
import { decode } from '../markup';
import { HOLDS_PICTURE, type Picture } from '../pictures';
import { nameOf, says } from '../words';
import type { LetterCanvas } from './canvas';
import { KEPT } from './types';

const PAUSE = 250;
const SWATCHES = ['#ffffff', '#eef2f0', '#e5eae7', '#33413b', '#15261f', '#1f6f54', '#4263eb', '#f59f00', '#e03131'];

export type UsePicture = (picture: Picture) => void;

/** What is selected: what it is, what can be done with it, and how it looks. */
export function Properties({ canvas, pick }: { readonly canvas: LetterCanvas; readonly pick: (use: UsePicture) => void }) {
  const { selected, mayEdit } = canvas;
  if (!selected) return <Stack p="md" gap="sm"><Title order={2} size="h6">{says.names['mj-body']}</Title><LineRows canvas={canvas} /><Text size="sm" c="dimmed">{says.nothingMore}</Text></Stack>;
  const type = String(selected.get('type'));
  const kind = type === KEPT ? String(selected.get('partKind')) : 'element';
  const tag = type === KEPT ? String(selected.get('partTag')) : type;
  return (
    <ScrollArea h="100%">
      <Stack p="md" gap="sm" key={selected.cid}>
        <Group justify="space-between" wrap="nowrap" gap={4}><Title order={2} size="h6" lineClamp={1}>{nameOf(kind, tag, String(selected.get('source') ?? ''))}</Title>{mayEdit && <Actions canvas={canvas} selected={selected} kind={kind} />}</Group>
        {kind === 'mark' && <Kept source={String(selected.get('source'))}>{says.mark}</Kept>}
        {kind === 'include' && <Alert variant="light" color="gray" p="xs"><Text size="sm">{says.include(tag)}</Text></Alert>}
        {kind === 'fixed' && <Alert variant="light" color="gray" p="xs"><Text size="sm">{says.fixed}</Text></Alert>}
        {mayEdit && ['mj-text', 'mj-button'].includes(type) && !canvas.writing.isOn && <Button size="xs" variant="light" leftSection={<IconPencil size={15} />} onClick={() => canvas.writing.start(selected)}>{says.editWords}</Button>}
        {type === 'mj-social-element' && <Setting label={says.words} value={decode(String(selected.get('content') ?? ''))} mayEdit={mayEdit} onChange={(words) => canvas.setWords(selected, words)} />}
        {type === 'mj-body' && <LineRows canvas={canvas} />}
        {(FIELDS[type] ?? []).map((field) => (
          <Stack key={field.kind + field.name} gap={6}>
            <FieldRow field={field} value={canvas.attributeOf(selected, field.name)} mayEdit={mayEdit} onChange={(value) => canvas.setAttribute(selected, field.name, value)} />
            {mayEdit && field.kind !== 'icon' && HOLDS_PICTURE.includes(field.name) && <Button size="xs" variant="light" leftSection={<IconPhoto size={15} />} onClick={() => pick((picture) => canvas.setPicture(selected, field.name, picture))}>{says.choosePicture}</Button>}
          </Stack>
        ))}
      </Stack>
    </ScrollArea>
  );
}

/** What mailboxes show of the letter: its subject, and the line beside it. */
function LineRows({ canvas }: { readonly canvas: LetterCanvas }) {
  const lines = canvas.parts?.lines;
  return (['mj-title', 'mj-preview'] as const).map((tag) => {
    const line = lines?.[tag] ?? null;
    return line !== null && <Setting key={tag} label={says.lines[tag]} value={line} mayEdit={canvas.mayEdit} onChange={(words) => canvas.setLine(tag, words)} />;
  });
}

function Kept({ source, children }: { readonly source: string; readonly children: string }) {
  return <Alert variant="light" color="gray" p="xs"><Text size="xs" ff="monospace" mb={6} className="wrapped">{source}</Text><Text size="sm">{children}</Text></Alert>;
}

function Actions({ canvas, selected, kind }: { readonly canvas: LetterCanvas; readonly selected: Component; readonly kind: string }) {
  const parent = selected.parent();
  if (String(selected.get('type')) === 'mj-body' || !parent) return null;
  const [at, count] = [selected.index(), parent.components().length];
  return (
    <Group gap={2} wrap="nowrap">
      <Act icon={IconCornerLeftUp} label={says.out} onClick={() => canvas.select(canvas.pathOf(parent))} />
      {kind !== 'mark' && (
        <>
          <Act icon={IconArrowUp} label={says.up} disabled={at === 0} onClick={() => canvas.move(-1)} />
          <Act icon={IconArrowDown} label={says.down} disabled={at === count - 1} onClick={() => canvas.move(1)} />
          <Act icon={IconCopy} label={says.copy} onClick={() => canvas.copy()} />
          <Act icon={IconTrash} label={says.remove} onClick={() => canvas.remove()} />
        </>
      )}
    </Group>
  );
}

function Act({ icon: Picture, label, disabled = false, onClick }: { readonly icon: Icon; readonly label: string; readonly disabled?: boolean; readonly onClick: () => void }) {
  return <Tooltip label={label} openDelay={400}><ActionIcon variant="subtle" color="gray" size={26} aria-label={label} disabled={disabled} onClick={onClick}><Picture size={15} stroke={1.8} /></ActionIcon></Tooltip>;
}

type Row = { readonly value: string; readonly mayEdit: boolean; readonly onChange: (value: string) => void };

function FieldRow({ field, ...row }: Row & { readonly field: Field }) {
  const label = says.fields[field.name] ?? field.name;
  if (field.kind === 'icon') {
    const icon = ICONS.find((one) => iconAddress(one) === row.value) ?? '';
    return <NativeSelect size="xs" label={says.fields['name']} value={icon} disabled={!row.mayEdit} onChange={(event) => row.onChange(event.currentTarget.value && iconAddress(event.currentTarget.value))} data={[{ value: '', label: says.ownIcon }, ...ICONS.map((value) => ({ value, label: says.icons[value] ?? value }))]} />;
  }
  if (field.kind === 'choice') {
    const choices = field.choices ?? [];
    const all = row.value && !choices.includes(row.value) ? [...choices, row.value] : choices;
    return <NativeSelect size="xs" label={label} value={row.value} disabled={!row.mayEdit} onChange={(event) => row.onChange(event.currentTarget.value)} data={[{ value: '', label: says.inherit }, ...all.map((value) => ({ value, label: says.choices[value] ?? value }))]} />;
  }
  return <Setting label={label} hint={says.inherit} isColour={field.kind === 'colour'} {...(field.name === 'src' ? { more: says.imageMore } : {})} {...row} />;
}

/** One value; what is typed is used a moment later, or when the field is left. */
function Setting({ label, value, more, hint = '', isColour = false, mayEdit, onChange }: Row & { readonly label: string; readonly hint?: string; readonly more?: string; readonly isColour?: boolean }) {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef({ onChange, typed, value });
  latest.current = { onChange, typed, value };
  const use = () => {
    const { typed: words, value: before } = latest.current;
    if (words !== null && words !== before) latest.current.onChange(words);
    setTyped(null);
  };
  useEffect(() => {
    if (typed === null) return undefined;
    const pause = setTimeout(() => {
      if (latest.current.typed !== latest.current.value) latest.current.onChange(latest.current.typed ?? '');
    }, PAUSE);
    return () => clearTimeout(pause);
  }, [typed]);
  const shared = { size: 'xs', label, value: typed ?? value, readOnly: !mayEdit, onBlur: use, placeholder: hint } as const;
  if (isColour) return <ColorInput {...shared} onChange={setTyped} fixOnBlur={false} swatches={SWATCHES} popoverProps={{ withinPortal: true }} eyeDropperButtonProps={{ 'aria-label': says.pick }} />;
  return <TextInput {...shared} {...(more ? { description: more } : {})} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Enter' && use()} />;
}
