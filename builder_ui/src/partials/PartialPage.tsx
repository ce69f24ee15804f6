import { ActionIcon, Alert, Anchor, Box, Button, Drawer, Group, Modal, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconHistory, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';

import { Refused } from '../api/client';
import { askNames } from '../fields/asks';
import { useMay } from '../session/asks';
import { PreviewPane } from '../templates/PreviewPane';
import { readData } from '../templates/readData';
import { useOffered } from '../templates/useOffered';
import { Versions } from '../templates/Versions';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { askPartial, askPartialPreview, askPartials, askPartialWords, deletePartial, type PartialShown, savePartial } from './asks';
import { says } from './words';

const SourceEditor = lazy(() => import('../templates/SourceEditor'));
const PAUSE = 400;
const NONE: never[] = [];
const MOST = 8;

/** One piece that letters share: what stands in it, and beside it how it looks in a letter. */
export function PartialPage() {
  const { name } = useParams({ from: '/partials/$name' });
  const { data, error, refetch } = useQuery(askPartial(name));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Writing key={name} partial={data} />;
}

function Writing({ partial }: { readonly partial: PartialShown }) {
  const mayEdit = useMay('journeys:write');
  const queries = useQueryClient();
  const [source, setSource] = useState(partial.source);
  const [base, setBase] = useState({ source: partial.source, version: partial.version ?? 0 });
  const [reader, setReader] = useState({ contact: '', data: '' });
  const [shownIn, setShownIn] = useState(partial.templates[0]?.key ?? '');
  const [open, setOpen] = useState<'versions' | 'remove' | null>(null);
  const [settled] = useDebouncedValue(source, PAUSE);
  const [settledReader] = useDebouncedValue(reader, PAUSE);
  const data = useMemo(() => readData(settledReader.data), [settledReader.data]);
  const { data: names } = useQuery(askNames());
  const offered = useOffered();
  const { data: all } = useQuery(askPartials());
  const { data: preview, isFetching, error } = useQuery(askPartialPreview(partial.name, settled, shownIn || null, settledReader.contact.trim(), data ?? {}));
  const attributes = useMemo(() => names?.attributes.map(({ name }) => name) ?? NONE, [names]);
  const others = useMemo(() => all?.map(({ name }) => name).filter((name) => name !== partial.name) ?? NONE, [all, partial.name]);
  const isChanged = source !== base.source;
  const save = useMutation({
    mutationFn: (edits: number) => savePartial(partial.name, source, edits),
    onSuccess: ({ renewed, ...shown }) => {
      setBase({ source: shown.source, version: shown.version ?? 0 });
      queries.setQueryData(askPartial(partial.name).queryKey, shown);
      tellDone([says.saved(shown.version ?? 0), ...(renewed.length > 0 ? [says.renewed(renewed.length)] : [])].join(' '));
      return Promise.all([['partials'], ['templates'], ['template'], ['preview']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const isConflict = save.error instanceof Refused && save.error.status === 409;
  useHotkeys([['mod+S', () => isChanged && mayEdit && save.mutate(base.version)]], [], true);
  const latest = async () => (await queries.fetchQuery({ ...askPartial(partial.name), staleTime: 0 })).version ?? 0;
  const mayRemove = mayEdit && partial.version !== null && (partial.is_product || partial.templates.length + partial.partials.length === 0);
  return (
    <Box h="calc(100dvh - 52px)" className="writing">
      <Group mih={56} px="md" py={6} justify="space-between" gap={6} className="journey-head bar">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ActionIcon component={Link} to="/partials" variant="subtle" color="gray" aria-label={says.all}><IconArrowLeft size={18} /></ActionIcon>
          <Title order={1} size="h5" lineClamp={1}>{partial.name}</Title>
          <Tag color={isChanged ? 'yellow' : base.version === 0 ? 'gray' : 'green'}>{isChanged ? says.unsaved : base.version === 0 ? says.product : `${says.same} · ${says.version(base.version)}`}</Tag>
        </Group>
        <Group gap={6} wrap="nowrap">
          {partial.versions.length > 0 && <Button size="xs" variant="default" leftSection={<IconHistory size={15} />} onClick={() => setOpen('versions')}>{says.versions}</Button>}
          {mayEdit && <Button size="xs" disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate(base.version)}>{says.save}</Button>}
          {mayRemove && <ActionIcon variant="default" size={30} aria-label={partial.is_product ? says.removeBack : says.remove} onClick={() => setOpen('remove')}><IconTrash size={16} /></ActionIcon>}
        </Group>
      </Group>
      {save.error && (
        <Alert color="red" variant="light" p="xs" radius={0}>
          <Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" onClick={() => void latest().then((version) => save.mutate(version))}>{says.overwrite}</Button>}</Group>
        </Alert>
      )}
      <Group px="md" py={6} gap="sm" className="bar" wrap="wrap">
        {base.version === 0 && <Text size="xs" c="dimmed">{says.productMore}</Text>}
        <Text size="xs" c="dimmed">{says.include} <code>{`{% include "${partial.name}" %}`}</code></Text>
        <Text size="xs" c="dimmed">{says.usedIn}: {partial.templates.length + partial.partials.length === 0 && says.nobody}</Text>
        {partial.templates.slice(0, MOST).map(({ key, name }) => <Anchor key={key} component={Link} to={`/templates/${key}`} size="xs">{name}</Anchor>)}
        {partial.templates.length > MOST && <Text size="xs" c="dimmed">+{partial.templates.length - MOST}</Text>}
        {partial.partials.map((name) => <Anchor key={name} component={Link} to={`/partials/${name}`} size="xs">{name}</Anchor>)}
        {isChanged && partial.templates.length > 0 && <Tag color="yellow">{says.affects(partial.templates.length)}</Tag>}
      </Group>
      <Box flex={1} mih={0} className="two">
        <Box className="half">
          <Suspense fallback={<Loading />}><SourceEditor source={source} mayEdit={mayEdit} findings={preview?.findings ?? NONE} attributes={attributes} partials={others} offered={offered} onChange={setSource} /></Suspense>
        </Box>
        <Box className="half looked" component="section" aria-label={says.preview}>
          <Box px="sm" pt="sm"><NativeSelect size="xs" label={says.shownIn} value={shownIn} onChange={(event) => setShownIn(event.currentTarget.value)} data={[{ value: '', label: says.ownLetter }, ...partial.templates.map(({ key, name }) => ({ value: key, label: name }))]} /></Box>
          <PreviewPane channel="email" preview={preview} isMaking={isFetching} error={error} reader={reader} onReader={setReader} hasWrongData={data === null} />
        </Box>
      </Box>
      {open === 'versions' && (
        <Drawer opened onClose={() => setOpen(null)} position="right" size="min(860px, 100%)" title={says.versions} closeButtonProps={{ 'aria-label': says.close }}>
          <Versions versions={partial.versions} inUse={partial.version} ask={(number) => askPartialWords(partial.name, number)} read={(old) => old.source} source={source}
            onRestore={mayEdit ? (old, number) => { setSource(old.source); setOpen(null); tellDone(says.restored(number)); } : null} />
        </Drawer>
      )}
      {open === 'remove' && <Remove partial={partial} onClose={() => setOpen(null)} />}
    </Box>
  );
}

function Remove({ partial, onClose }: { readonly partial: PartialShown; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const word = partial.is_product ? says.removeBack : says.remove;
  const remove = useMutation({
    mutationFn: () => deletePartial(partial.name),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['partial', partial.name] });
      await Promise.all([['partials'], ['templates'], ['template'], ['preview']].map((queryKey) => queries.invalidateQueries({ queryKey })));
      tellDone(says.removed);
      await navigate({ to: '/partials' });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={word} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{partial.is_product ? says.sureBack : says.sure}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{word}</Button></Group>
      </Stack>
    </Modal>
  );
}
