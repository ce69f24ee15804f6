import { Alert, Button, Group, Modal, NativeSelect, Paper, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconMailCog, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { checkKey, keyFromName } from '../journeys/keys';
import { useMay } from '../session/asks';
import { RadioCards } from '../ui/RadioCards';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone } from '../ui/tell';
import { askTopics, type TopicShown } from './asks';
import { says } from './partsWords';
import { askSenders, sayMailbox } from './senders';
import { SettingsFrame } from './SettingsFrame';
import { Uses } from './Uses';

const { topics: words } = says;

/** The kinds of message that people choose or refuse. */
export function TopicsPage() {
  const { data, error, refetch } = useQuery(askTopics());
  const mayChange = useMay('settings:manage');
  const [showsArchived, setShowsArchived] = useState(false);
  const [editing, edit] = useState<TopicShown | 'new' | null>(null);
  const shown = (data ?? []).filter(({ archived_at }) => showsArchived || archived_at === null);
  return (
    <SettingsFrame more={words.more} actions={mayChange && <Button leftSection={<IconPlus size={16} />} onClick={() => edit('new')}>{words.create}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Stack gap="sm">
          {data.some(({ archived_at }) => archived_at !== null) && <Switch label={words.showArchived} checked={showsArchived} onChange={({ currentTarget }) => setShowsArchived(currentTarget.checked)} />}
          {shown.length === 0 ? <Empty icon={IconMailCog} title={words.none}>{words.noneMore}</Empty> : shown.map((topic) => (
            <Paper key={topic.key} component="article" withBorder radius="lg" p="md" aria-label={topic.name}>
              <Group justify="space-between" align="flex-start" wrap="nowrap">
                <div className="grow">
                  <Group gap="xs"><Text fw={600}>{topic.name}</Text><Tag color={topic.opt_in === 'implied' ? 'yellow' : 'green'}>{words[topic.opt_in]}</Tag>{!topic.public && <Tag>{words.private}</Tag>}{topic.archived_at !== null && <Tag>{words.archived}</Tag>}</Group>
                  <Text size="sm" c="dimmed" className="wrapped">{topic.description || topic.key}</Text>
                  <Uses uses={topic.used_by} />
                </div>
                {mayChange && <Button size="xs" variant="default" className="fixed" aria-label={says.change(topic.name)} onClick={() => edit(topic)}>{says.edit}</Button>}
              </Group>
            </Paper>
          ))}
        </Stack>
      )}
      {editing !== null && data && <Edit key={editing === 'new' ? 'new' : `${editing.key}/${editing.revision}`} topic={editing === 'new' ? null : editing} taken={new Set(data.map(({ key }) => key))} onClose={() => edit(null)} onStale={(theirs) => edit(theirs)} />}
    </SettingsFrame>
  );
}

function Edit({ topic, taken, onClose, onStale }: { readonly topic: TopicShown | null; readonly taken: ReadonlySet<string>; readonly onClose: () => void; readonly onStale: (theirs: TopicShown | null) => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(topic?.name ?? '');
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [description, setDescription] = useState(topic?.description ?? '');
  const [optIn, setOptIn] = useState<TopicShown['opt_in']>(topic?.opt_in ?? 'explicit');
  const [isPublic, setPublic] = useState(topic?.public ?? true);
  const [sender, setSender] = useState(topic?.sender ?? null);
  const { data: senders } = useQuery(askSenders());
  const key = topic?.key ?? ownKey ?? keyFromName(name || 'topic', taken);
  const trouble = topic === null ? checkKey(key, taken) : null;
  const save = useMutation({
    mutationFn: (archived: boolean) => answer(api.PUT('/api/v1/topics/{key}', { params: { path: { key } }, body: { name: name.trim(), description: description.trim(), opt_in: optIn, public: isPublic, sender, archived, revision: topic?.revision ?? 0 } })),
    onSuccess: async () => {
      tellDone(words.saved);
      await Promise.all([queries.invalidateQueries({ queryKey: ['topics'] }), queries.invalidateQueries({ queryKey: ['names'] })]);
      onClose();
    },
  });
  const isConflict = topic !== null && save.error instanceof Refused && save.error.status === 409;
  const isArchived = topic !== null && topic.archived_at !== null;
  const load = async () => onStale((await queries.fetchQuery({ ...askTopics(), staleTime: 0 })).find((one) => one.key === key) ?? null);
  return (
    <Modal opened onClose={onClose} title={topic === null ? words.create : words.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (name.trim() && trouble === null) save.mutate(isArchived); }}>
        <Stack>
          <TextInput label={says.name} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} required maxLength={120} data-autofocus />
          {topic === null && <TextInput label={says.key} description={says.keyMore} value={key} onChange={({ currentTarget }) => setOwnKey(currentTarget.value)} error={trouble === null ? null : trouble === 'taken' ? says.keyTaken : says.keyWrong} />}
          <TextInput label={words.description} description={words.descriptionMore} value={description} onChange={({ currentTarget }) => setDescription(currentTarget.value)} maxLength={500} />
          <RadioCards label={words.optIn} value={optIn} onChange={setOptIn} choices={[{ value: 'explicit', label: words.explicit, more: words.explicitMore }, { value: 'double', label: words.double, more: words.doubleMore }, { value: 'implied', label: words.implied, more: words.impliedMore }]} />
          <Switch label={words.isPublic} description={words.isPublicMore} checked={isPublic} onChange={({ currentTarget }) => setPublic(currentTarget.checked)} />
          {senders && senders.items.length > 0 && <NativeSelect label={words.sender} description={words.senderMore} value={sender ?? ''} onChange={({ currentTarget }) => setSender(currentTarget.value || null)} data={[{ value: '', label: words.ownSender }, ...senders.items.map((one) => ({ value: one.key, label: sayMailbox(one) }))]} />}
          {topic !== null && topic.opt_in !== 'implied' && optIn === 'implied' && <Alert color="yellow" variant="light">{words.looser}</Alert>}
          {topic !== null && <Uses uses={topic.used_by} />}
          {save.error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          {topic !== null && !isArchived && <Text size="xs" c="dimmed">{words.archiveMore}</Text>}
          <Group justify="space-between">
            {topic === null ? <span /> : <Button variant="subtle" color="gray" disabled={!name.trim()} onClick={() => save.mutate(!isArchived)}>{isArchived ? words.unarchive : words.archive}</Button>}
            <Group gap="xs"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!name.trim() || trouble !== null}>{topic === null ? says.make : says.save}</Button></Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
