import { ActionIcon, Autocomplete, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';

import type { Row } from './asked';
import { says } from './words';

/** Names with their values, as many as one likes. */
export function Rows({ label, rows, known, onChange }: { readonly label: string; readonly rows: readonly Row[]; readonly known: readonly string[]; readonly onChange: (rows: readonly Row[]) => void }) {
  const put = (place: number, change: Partial<Row>) => onChange(rows.map((row, at) => (at === place ? { ...row, ...change } : row)));
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>{label}</Text>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => onChange([...rows, { name: '', value: '' }])} aria-label={`${label}: ${says.addAttribute}`}>{says.addAttribute}</Button>
      </Group>
      {rows.map(({ name, value }, place) => (
        <Group key={place} gap={6} wrap="nowrap">
          <Autocomplete size="xs" className="grow" aria-label={says.name} placeholder={says.name} value={name} data={[...new Set(known)]} limit={20} onChange={(next) => put(place, { name: next })} />
          <TextInput size="xs" className="grow" aria-label={`${says.value}: ${name}`} placeholder={says.value} value={value} onChange={(event) => put(place, { value: event.currentTarget.value })} />
          <ActionIcon variant="subtle" color="gray" size={28} aria-label={says.removeRow(name)} onClick={() => onChange(rows.filter((_, at) => at !== place))}><IconX size={14} /></ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
