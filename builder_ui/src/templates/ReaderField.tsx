import { Autocomplete, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { askContacts } from '../contacts/asks';
import { useMay } from '../session/asks';
import { listReaders } from './readers';
import { says } from './words';

const PAUSE = 250;
const MOST = 8;

/** For whom a preview is made: somebody who is known, found by the beginning of an address or a name; asked for once somebody is chosen, or typed in full. */
export function ReaderField({ value, onChange }: { readonly value: string; readonly onChange: (contact: string) => void }) {
  const mayFind = useMay('contacts:read');
  const [typed, setTyped] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), PAUSE);
  const { data } = useInfiniteQuery({ ...askContacts({ search }), enabled: mayFind && isOpen, refetchInterval: false });
  const readers = listReaders(data?.pages[0]?.items ?? []).slice(0, MOST);
  const names = new Map(readers.map(({ value: key, name }) => [key, name]));
  return (
    <Autocomplete size="xs" label={says.previewFor} placeholder={says.sampleContact} value={typed} onFocus={() => setOpen(true)}
      onChange={(next) => {
        setTyped(next);
        if (next.trim() === '' || names.has(next)) onChange(next);
      }}
      onBlur={() => {
        setOpen(false);
        onChange(typed);
      }}
      onKeyDown={({ key }) => key === 'Enter' && onChange(typed)}
      data={[...names.keys()]} filter={({ options }) => options} comboboxProps={{ withinPortal: true, width: 280, position: 'bottom-start' }}
      renderOption={({ option }) => <div style={{ minWidth: 0 }}><Text size="xs" fw={500} truncate>{option.value}</Text>{names.get(option.value) && <Text fz={11} c="dimmed" truncate>{names.get(option.value)}</Text>}</div>} />
  );
}
