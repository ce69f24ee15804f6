import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { askContacts } from '../contacts/asks';
import { words } from '../words/language';

const says = words({
  en: { placeholder: 'E-mail, name or id', nobody: 'Nobody found', anonymous: 'Anonymous' },
  de: { placeholder: 'E-Mail, Name oder Kennung', nobody: 'Niemand gefunden', anonymous: 'Anonym' },
});

export type Picked = { readonly id: string; readonly label: string };

/** Finds one contact, by the beginning of an address or of an id. */
export function PickContact({ label, value, onChange, autoFocus = false }: {
  readonly label: string;
  readonly value: Picked | null;
  readonly onChange: (picked: Picked | null) => void;
  readonly autoFocus?: boolean;
}) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim() === value?.label ? '' : typed.trim(), 250);
  const { data, isFetching } = useInfiniteQuery({ ...askContacts({ search }), refetchInterval: false });
  const found = new Map<string, string>();
  if (value) found.set(value.id, value.label);
  for (const { id, name, email, external_id } of data?.pages[0]?.items ?? []) {
    const known = email ?? external_id ?? '';
    found.set(id, name && known ? `${name} · ${known}` : name || known || `${says.anonymous} ${id.slice(0, 8)}`);
  }
  return (
    <Select label={label} placeholder={says.placeholder} searchable clearable value={value?.id ?? null} onSearchChange={setTyped} nothingFoundMessage={says.nobody} limit={30} maxDropdownHeight={280}
      filter={({ options }) => options} data={[...found].map(([id, words]) => ({ value: id, label: words }))} {...(autoFocus ? { 'data-autofocus': true } : {})}
      onChange={(id) => onChange(id === null ? null : { id, label: found.get(id) ?? id })} leftSection={isFetching ? <Loader size={14} /> : <IconSearch size={16} />} />
  );
}
