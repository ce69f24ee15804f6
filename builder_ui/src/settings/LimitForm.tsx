import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { DurationField } from '../fields/DurationField';
import { ELAPSED } from '../fields/duration';
import { checkKey, keyFromName } from '../journeys/keys';
import { RadioCards } from '../ui/RadioCards';
import { tellDone } from '../ui/tell';
import { askLimits, askTopics, type LimitShown } from './asks';
import { says as words } from './limits';
import { says } from './partsWords';

type Window = 'day' | 'week' | 'rolling';
const ANY = '';

/** Makes a sending limit, or changes or removes one. */
export function LimitForm({ limit, taken, onClose, onStale }: {
  /** Null: a new one. */
  readonly limit: LimitShown | null;
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
  readonly onStale: (theirs: LimitShown | null) => void;
}) {
  const queries = useQueryClient();
  const { data: topics } = useQuery(askTopics());
  const [name, setName] = useState(limit?.name ?? '');
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [most, setMost] = useState<number | null>(limit === null ? 3 : limit.most);
  const isRolling = limit !== null && limit.window !== 'day' && limit.window !== 'week';
  const [window, setWindow] = useState<Window>(limit === null ? 'week' : isRolling ? 'rolling' : (limit.window as Window));
  const [length, setLength] = useState<string | undefined>(isRolling ? limit.window : 'P7D');
  const [channel, setChannel] = useState<LimitShown['channel']>(limit?.channel ?? null);
  const [topic, setTopic] = useState<string | null>(limit?.topic ?? null);
  const [policy, setPolicy] = useState<LimitShown['policy']>(limit?.policy ?? 'skip');
  const [holdFor, setHoldFor] = useState<string | undefined>(limit?.hold_for ?? undefined);
  const [counts, setCounts] = useState(limit?.counts_transactional ?? false);
  const [isRemoving, setIsRemoving] = useState(false);
  const key = limit?.key ?? ownKey ?? keyFromName(name || 'limit', taken);
  const trouble = limit === null ? checkKey(key, taken) : null;
  const isWhole = name.trim() !== '' && trouble === null && (window !== 'rolling' || length !== undefined);
  const done = async (said: string) => {
    tellDone(said);
    await queries.invalidateQueries({ queryKey: ['sending-limits'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/sending-limits/{key}', {
      params: { path: { key } },
      body: { name: name.trim(), most, window: window === 'rolling' ? (length ?? '') : window, channel, topic, policy, hold_for: policy === 'hold' ? (holdFor ?? null) : null, counts_transactional: counts, revision: limit?.revision ?? 0 },
    })),
    onSuccess: () => done(words.saved),
  });
  const remove = useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/sending-limits/{key}', { params: { path: { key } } })), onSuccess: () => done(words.removed) });
  const error = save.error ?? remove.error;
  const isConflict = limit !== null && save.error instanceof Refused && save.error.status === 409;
  const load = async () => onStale((await queries.fetchQuery({ ...askLimits(), staleTime: 0 })).find((one) => one.key === key) ?? null);
  return (
    <Modal opened onClose={onClose} title={limit === null ? words.create : words.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) save.mutate(); }}>
        <Stack>
          <TextInput label={says.name} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} required maxLength={120} data-autofocus />
          {limit === null && <TextInput label={says.key} description={says.keyMore} value={key} onChange={({ currentTarget }) => setOwnKey(currentTarget.value)} error={trouble === null ? null : trouble === 'taken' ? says.keyTaken : says.keyWrong} />}
          <NumberInput label={words.most} description={words.mostMore} value={most ?? ''} onChange={(next) => setMost(typeof next === 'number' ? next : null)} min={0} max={1000} allowDecimal={false} allowNegative={false} clampBehavior="strict" />
          <Select label={words.window} description={window === 'rolling' ? words.rollingMore : words.windowMore} allowDeselect={false} value={window} onChange={(next) => setWindow(next as Window)} data={(['day', 'week', 'rolling'] as const).map((value) => ({ value, label: words.windows[value] }))} />
          {window === 'rolling' && <DurationField label={words.length} units={ELAPSED} value={length} change={setLength} />}
          <Group grow align="flex-start">
            <Select label={words.channel} allowDeselect={false} value={channel ?? ANY} onChange={(next) => setChannel(next === 'email' || next === 'sms' || next === 'push' ? next : null)} data={[{ value: ANY, label: words.anyChannel }, { value: 'email', label: words.channels.email }, { value: 'sms', label: words.channels.sms }, { value: 'push', label: words.channels.push }]} />
            <Select label={words.topic} allowDeselect={false} value={topic ?? ANY} onChange={(next) => setTopic(next || null)} data={[{ value: ANY, label: words.anyTopic }, ...(topics ?? []).map((one) => ({ value: one.key, label: one.name }))]} />
          </Group>
          <RadioCards label={words.policy} value={policy} onChange={setPolicy} choices={[{ value: 'skip', label: words.skip, more: words.skipMore }, { value: 'hold', label: words.hold, more: words.holdMore }]} />
          {policy === 'hold' && <DurationField label={words.holdFor} description={words.holdForMore} isOptional units={ELAPSED} value={holdFor} change={setHoldFor} />}
          <Switch label={words.counts} description={words.countsMore} checked={counts} onChange={({ currentTarget }) => setCounts(currentTarget.checked)} />
          <Text size="xs" c="dimmed">{words.over} {words.since}</Text>
          {error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : error.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          {isRemoving && (
            <Alert color="yellow" variant="light">
              <Stack gap="xs">
                <Text size="sm">{words.sure(name)}</Text>
                <Group gap="xs"><Button size="xs" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{words.remove}</Button><Button size="xs" variant="default" onClick={() => setIsRemoving(false)}>{says.cancel}</Button></Group>
              </Stack>
            </Alert>
          )}
          <Group justify="space-between">
            {limit === null || isRemoving ? <span /> : <Button variant="subtle" color="red" onClick={() => setIsRemoving(true)}>{words.remove}</Button>}
            <Group gap="xs"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!isWhole}>{limit === null ? says.make : says.save}</Button></Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
