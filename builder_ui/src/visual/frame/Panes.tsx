import { ScrollArea, Tabs, Text, UnstyledButton } from '@mantine/core';
import { IconBoxAlignTop, IconBrandInstagram, IconCode, IconColumns1, IconColumns2, IconColumns3, IconCursorText, IconH1, type Icon, IconLineDashed, IconPhoto, IconPuzzle, IconRectangle, IconSpacingVertical } from '@tabler/icons-react';
import { useMemo } from 'react';

import { type Block, listBlocks } from '../blocks';
import { sayPiece } from '../content';
import type { Shown } from '../letter';
import { decode } from '../markup';
import { placeOf } from '../looks';
import { nameOf, says } from '../words';
import type { LetterCanvas, Path } from './canvas';

const ICONS: Readonly<Record<string, Icon>> = { one: IconColumns1, two: IconColumns2, three: IconColumns3, hero: IconBoxAlignTop, text: IconCursorText, heading: IconH1, button: IconRectangle, image: IconPhoto, divider: IconLineDashed, spacer: IconSpacingVertical, social: IconBrandInstagram, raw: IconCode };

/** What can be added, and what the letter is made of. */
export function Panes({ canvas, partials }: { readonly canvas: LetterCanvas; readonly partials: Readonly<Record<string, string>> }) {
  const blocks = useMemo(() => listBlocks(Object.keys(partials).filter((name) => placeOf(partials[name]!) === 'body')), [partials]);
  return (
    <Tabs key={String(canvas.mayEdit)} defaultValue={canvas.mayEdit ? 'blocks' : 'structure'} className="visual-panes" keepMounted={false}>
      <Tabs.List grow>
        {canvas.mayEdit && <Tabs.Tab value="blocks">{says.blocks}</Tabs.Tab>}
        <Tabs.Tab value="structure">{says.structure}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="blocks" className="visual-pane">
        <ScrollArea h="100%" p="sm">
          <Text size="xs" c="dimmed" mb="xs">{says.add}</Text>
          {(['sections', 'contents', 'partials'] as const).map((group) => (
            <section key={group}>
              <Text size="xs" fw={600} mt="sm" mb={6} component="h2">{says[group]}</Text>
              <div className="visual-blocks">{blocks.filter((block) => block.group === group).map((block) => <BlockTile key={block.id} block={block} canvas={canvas} />)}</div>
            </section>
          ))}
        </ScrollArea>
      </Tabs.Panel>
      <Tabs.Panel value="structure" className="visual-pane">
        <ScrollArea h="100%" p="xs">{canvas.parts && <ul className="plain visual-tree" aria-label={says.structure}><Branch part={canvas.parts} path={[]} canvas={canvas} /></ul>}</ScrollArea>
      </Tabs.Panel>
    </Tabs>
  );
}

function BlockTile({ block, canvas }: { readonly block: Block; readonly canvas: LetterCanvas }) {
  const Picture = ICONS[block.id] ?? IconPuzzle;
  return (
    <UnstyledButton className="visual-block" draggable onClick={() => canvas.add(block)}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData('text/plain', block.label);
        canvas.startDrag(block);
      }}
      onDragEnd={() => canvas.endDrag()}>
      <Picture size={20} stroke={1.6} /><span>{block.label}</span>
    </UnstyledButton>
  );
}

function Branch({ part, path, canvas }: { readonly part: Shown; readonly path: Path; readonly canvas: LetterCanvas }) {
  const selected = canvas.selected;
  const isSelected = selected !== null && String(canvas.pathOf(selected)) === String(path);
  const said = sayWords(part);
  return (
    <li>
      <UnstyledButton className={isSelected ? 'choice chosen visual-node' : 'choice visual-node'} aria-current={isSelected} onClick={() => canvas.select(path)}>
        {nameOf(part.kind, part.tag, part.content ?? '')}{said && <>{' '}<Text span size="xs" c={isSelected ? 'inherit' : 'dimmed'} ml={2}>{said}</Text></>}
      </UnstyledButton>
      {part.parts && part.parts.length > 0 && <ul className="plain">{part.parts.map((one, place) => <Branch key={place} part={one} path={[...path, place]} canvas={canvas} />)}</ul>}
    </li>
  );
}

function sayWords({ kind, tag, content }: Shown): string {
  if (kind === 'include') return tag;
  if (kind === 'mark') return sayPiece(content ?? '').slice(0, 40);
  return kind === 'element' && content ? decode(content.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim().slice(0, 40) : '';
}
