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

/** For whom a preview is made: somebody who is known, found by the beginning of an address or a name. */
export function ReaderField({ value, onChange }: { readonly value: string; readonly onChange: (contact: string) => void }) {
  const mayFind = useMay('contacts:read');
  const [isOpen, setOpen] = useState(false);
  const [search] = useDebouncedValue(value.trim(), PAUSE);
  const { data } = useInfiniteQuery({ ...askContacts({ search }), enabled: mayFind && isOpen, refetchInterval: false });
  const readers = listReaders(data?.pages[0]?.items ?? []).slice(0, MOST);
  const names = new Map(readers.map(({ value: key, name }) => [key, name]));
  return (
    <Autocomplete size="xs" label={says.previewFor} placeholder={says.sampleContact} value={value} onChange={onChange} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}
      data={[...names.keys()]} filter={({ options }) => options} comboboxProps={{ withinPortal: true, width: 280, position: 'bottom-start' }}
      renderOption={({ option }) => <div style={{ minWidth: 0 }}><Text size="xs" fw={500} truncate>{option.value}</Text>{names.get(option.value) && <Text fz={11} c="dimmed" truncate>{names.get(option.value)}</Text>}</div>} />
  );
}
