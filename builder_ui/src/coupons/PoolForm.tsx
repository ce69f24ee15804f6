import { Alert, Button, Group, Modal, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Refused } from '../api/client';
import { tellDone } from '../ui/tell';
import { askPool, type PoolShown, savePool } from './asks';
import { says } from './words';

const NAME = /^[a-z][a-z0-9_-]{0,63}$/;

/** Makes a pool of coupons, or changes one. */
export function PoolForm({ pool, taken, onClose, onMade, onStale }: {
  /** Null: a new one. */
  readonly pool: PoolShown | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onMade?: (name: string) => void;
  readonly onStale?: (theirs: PoolShown) => void;
}) {
  const queries = useQueryClient();
  const [name, setName] = useState(pool?.name ?? '');
  const [low, setLow] = useState(pool?.low_water ?? 100);
  const [ends, setEnds] = useState(writeLocal(pool?.expires_at ?? null));
  const [common, setCommon] = useState(pool?.common_code ?? '');
  const [perContact, setPerContact] = useState(pool?.per_contact ?? false);
  const wrong = pool !== null || name === '' ? null : !NAME.test(name) ? says.nameWrong : taken.includes(name) ? says.nameTaken : null;
  const save = useMutation({
    mutationFn: () => savePool(name, { low_water: low, expires_at: ends ? new Date(ends).toISOString() : null, common_code: common.trim() || null, per_contact: perContact }, pool?.revision ?? null),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['coupon-pools'] });
      tellDone(pool === null ? says.made : says.saved);
      onClose();
      if (pool === null) onMade?.(name);
    },
  });
  const isConflict = pool !== null && save.error instanceof Refused && save.error.status === 409;
  const load = async () => onStale?.(await queries.fetchQuery({ ...askPool(name), staleTime: 0 }));
  return (
    <Modal opened onClose={onClose} title={pool === null ? says.create : says.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (name && wrong === null) save.mutate(); }}>
        <Stack>
          {pool === null && <TextInput label={says.name} description={says.nameMore} value={name} onChange={({ currentTarget }) => setName(currentTarget.value.trim())} error={wrong} required maxLength={64} data-autofocus />}
          <NumberInput label={says.lowWater} description={says.lowWaterMore} value={low} onChange={(next) => setLow(typeof next === 'number' ? next : 0)} min={0} max={10_000} allowDecimal={false} allowNegative={false} />
          <TextInput type="datetime-local" label={says.expiresAt} description={says.expiresAtMore} value={ends} onChange={({ currentTarget }) => setEnds(currentTarget.value)} />
          <TextInput label={says.commonCode} description={says.commonCodeMore} value={common} onChange={({ currentTarget }) => setCommon(currentTarget.value)} maxLength={64} classNames={{ input: 'mono' }} />
          <Switch label={says.perContact} description={says.perContactMore} checked={perContact} onChange={({ currentTarget }) => setPerContact(currentTarget.checked)} />
          {save.error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!name || wrong !== null}>{pool === null ? says.make : says.save}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** An instant as the browser's own field writes it, in the reader's zone. */
function writeLocal(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
