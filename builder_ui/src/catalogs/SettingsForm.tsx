import { Alert, Autocomplete, Button, Fieldset, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { askNames } from '../fields/asks';
import { tellDone } from '../ui/tell';
import { type CatalogShown, saveCatalog } from './asks';
import { says } from './words';

type Happening = { readonly event: string; readonly property: string };
const NOTHING: Happening = { event: '', property: '' };

/** What is said of a catalog: what is in it, and by which events it is told what people want. */
export function SettingsForm({ catalog, onClose }: { readonly catalog: CatalogShown; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [description, setDescription] = useState(catalog.description);
  const [key, setKey] = useState(catalog.key_field);
  const [category, setCategory] = useState(catalog.category_field);
  const [interest, setInterest] = useState<Happening>(catalog.interest ?? NOTHING);
  const [owned, setOwned] = useState<Happening>(catalog.owned ?? NOTHING);
  const fields = [...new Set([...catalog.fields, ...(category ? [category] : [])])].filter((name) => name !== catalog.key_field);
  const save = useMutation({
    mutationFn: () => saveCatalog(catalog.name, { description: description.trim(), key_field: key.trim(), category_field: category, interest: whole(interest), owned: whole(owned) }),
    onSuccess: async () => {
      tellDone(says.saved);
      onClose();
      await Promise.all([['catalog', catalog.name], ['catalogs']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const isWhole = key.trim() !== '' && [interest, owned].every(({ event, property }) => (event.trim() === '') === (property.trim() === ''));
  return (
    <Modal opened onClose={onClose} title={says.settings} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) save.mutate(); }}>
        <Stack>
          {save.error && <Alert color="red" variant="light">{save.error.message}</Alert>}
          <TextInput label={says.description} value={description} onChange={(event) => setDescription(event.currentTarget.value)} maxLength={500} />
          <TextInput label={says.keyField} description={says.keyMore} value={key} onChange={(event) => setKey(event.currentTarget.value)} disabled={catalog.items > 0} required maxLength={64} />
          <Select label={says.category} description={says.categoryMore} data={fields} value={category} onChange={setCategory} placeholder={says.noCategory} clearable clearButtonProps={{ 'aria-label': says.noCategory }} />
          <Event title={says.interest} more={says.interestMore} value={interest} onChange={setInterest} />
          <Event title={says.ownedTitle} more={says.ownedMore} value={owned} onChange={setOwned} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!isWhole}>{says.save}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Event({ title, more, value, onChange }: { readonly title: string; readonly more: string; readonly value: Happening; readonly onChange: (value: Happening) => void }) {
  const { data: names } = useQuery(askNames());
  return (
    <Fieldset legend={title}>
      <Stack gap="xs">
        <Text size="xs" c="dimmed">{more}</Text>
        <Autocomplete label={says.event} aria-label={`${title}: ${says.event}`} placeholder="Order Completed" data={names?.events.map(({ name }) => name) ?? []} value={value.event} onChange={(event) => onChange({ ...value, event })} maxLength={128} limit={20} />
        <TextInput label={says.property} aria-label={`${title}: ${says.property}`} description={says.propertyMore} placeholder="products[].sku" value={value.property} onChange={(event) => onChange({ ...value, property: event.currentTarget.value })} maxLength={128} />
      </Stack>
    </Fieldset>
  );
}

function whole({ event, property }: Happening): Happening | null {
  return event.trim() && property.trim() ? { event: event.trim(), property: property.trim() } : null;
}
