import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { Small } from '../../fields/DurationField';
import { TextField } from '../../fields/TextField';
import { moveItem, replaceItem } from '../../fields/write';
import { Section } from '../../inspector/parts';
import { words } from '../../words/language';

const says = words({
  en: { label: 'Name of the path', up: 'Move up', down: 'Move down', remove: 'Remove', add: 'Add a path', taken: 'Another path is called that', empty: 'A name is needed', long: 'At most 60 characters', reserved: 'This name is taken by another way out' },
  de: { label: 'Name des Pfads', up: 'Nach oben', down: 'Nach unten', remove: 'Entfernen', add: 'Pfad hinzufügen', taken: 'So heißt schon ein anderer Pfad', empty: 'Ein Name fehlt', long: 'Höchstens 60 Zeichen', reserved: 'So heißt schon ein anderer Ausgang' },
});
const LONGEST = 60;

/** The paths of a node in their order; what stands in each is shown by `children`. */
export function PathList<Path extends { readonly label: string }>({ title, paths, change, blank, add = says.add, reserved = [], aside, children }: {
  readonly title: string;
  readonly paths: readonly Path[];
  readonly change: (paths: readonly Path[], field?: string) => void;
  /** A new path under a label that is free. */
  readonly blank: (label: string) => Path;
  readonly add?: string;
  /** Names of other ways out of the node. */
  readonly reserved?: readonly string[];
  /** Beside the name of a path. */
  readonly aside?: (path: Path, place: number) => ReactNode;
  readonly children?: (path: Path, keep: (path: Path, field?: string) => void) => ReactNode;
}) {
  const keep = (place: number) => (path: Path, field?: string) => change(replaceItem(paths, place, path), field === undefined ? undefined : `paths/${place}/${field}`);
  const check = (own: string) => (label: string) => {
    if (label.trim() === '') return says.empty;
    if (label.length > LONGEST) return says.long;
    if (reserved.includes(label)) return says.reserved;
    return label !== own && paths.some((path) => path.label === label) ? says.taken : null;
  };
  return (
    <Section title={title}>
      <Stack gap={8}>
        {paths.map((path, place) => (
          <Paper key={place} withBorder radius="md" p={8} component="fieldset" miw={0} aria-label={path.label}>
            <Group gap={2} wrap="nowrap" align="center" mb={children ? 8 : 0}>
              <div style={{ flex: 1, minWidth: 0 }}><TextField aria-label={says.label} value={path.label} check={check(path.label)} change={(label) => keep(place)({ ...path, label }, 'label')} /></div>
              {aside?.(path, place)}
              <Small label={`${says.up}: ${path.label}`} disabled={place === 0} onClick={() => change(moveItem(paths, place, -1))}><IconArrowUp size={14} /></Small>
              <Small label={`${says.down}: ${path.label}`} disabled={place === paths.length - 1} onClick={() => change(moveItem(paths, place, 1))}><IconArrowDown size={14} /></Small>
              <Small label={`${says.remove}: ${path.label}`} onClick={() => change(replaceItem(paths, place, undefined))}><IconX size={14} /></Small>
            </Group>
            {children && <Stack gap={8}>{children(path, keep(place))}</Stack>}
          </Paper>
        ))}
      </Stack>
      <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => change([...paths, blank(freeLabel(paths, reserved))])}>{add}</Button>
    </Section>
  );
}

/** A, B, C …: the first letter, then number, that no path has. */
function freeLabel(paths: readonly { readonly label: string }[], reserved: readonly string[]): string {
  const taken = new Set([...paths.map(({ label }) => label), ...reserved]);
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCodePoint(65 + place));
  const numbers = Array.from({ length: taken.size + 1 }, (_, place) => String(place + 1));
  return [...letters, ...numbers].find((label) => !taken.has(label)) ?? String(taken.size + 1);
}
