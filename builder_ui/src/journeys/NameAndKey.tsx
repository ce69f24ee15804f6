import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { checkKey, keyFromName } from './keys';
import { says } from './words';

/** Asks what a new journey is called; its key follows the name until somebody writes another one. */
export function NameAndKey({ first, firstKey, taken, does, children, onMake, onCancel }: {
  readonly first: string;
  readonly firstKey?: string;
  readonly taken: ReadonlySet<string>;
  readonly does: string;
  readonly children?: ReactNode;
  readonly onMake: (made: { name: string; key: string }) => Promise<unknown>;
  readonly onCancel: () => void;
}) {
  const [name, setName] = useState(first);
  const [ownKey, setOwnKey] = useState<string | null>(firstKey ?? null);
  const key = ownKey ?? keyFromName(name, taken);
  const trouble = checkKey(key, taken);
  const make = useMutation({ mutationFn: () => onMake({ name: name.trim(), key }) });
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      if (trouble === null && name.trim()) make.mutate();
    }}>
      <Stack>
        {children}
        <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={120} data-autofocus />
        <TextInput label={says.key} description={says.keyMore} value={key} onChange={(event) => setOwnKey(event.currentTarget.value)} error={trouble === null ? null : trouble === 'taken' ? says.keyTaken : says.keyWrong} />
        {make.error && <Alert color="red" variant="light">{make.error.message}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>{says.cancel}</Button>
          <Button type="submit" loading={make.isPending} disabled={trouble !== null || !name.trim()}>{does}</Button>
        </Group>
      </Stack>
    </form>
  );
}
