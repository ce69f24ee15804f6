import { ActionIcon, Alert, Box, Button, Drawer, Group, Menu, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconArrowLeft, IconDotsVertical, IconHistory, IconPaperclip, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { askNames } from '../fields/asks';
import { useMay } from '../session/asks';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { useVisual, ViewSwitch } from '../visual/ViewSwitch';
import { askPreview, askTemplate, askWords, type Channel, readChannel, type TemplateShown } from './asks';
import { type Envelope, isSameEnvelope, listDigests } from './envelope';
import { EnvelopeForm } from './EnvelopeForm';
import { Insert } from './Insert';
import { EVERYBODY, isSameWords, putSource, readKept, sourceOf, type Words } from './languages';
import { LanguageTabs } from './LanguageTabs';
import { PreviewPane } from './PreviewPane';
import { PushEditor } from './PushEditor';
import { readData } from './readData';
import { TestSend } from './TestSend';
import { useOffered } from './useOffered';
import { Versions } from './Versions';
import { WordsField } from './WordsField';
import { says } from './words';

const SourceEditor = lazy(() => import('./SourceEditor'));
const VisualEditor = lazy(() => import('../visual/VisualEditor'));
const PAUSE = 400;
const KEPT = 'sojourn-template:';
/** Characters of a text. */
const LONGEST = 1600;

/** One letter or text: its words, and beside them how somebody gets it. */
export function TemplatePage() {
  const { key } = useParams({ from: '/templates/$key' });
  const { data, error, refetch } = useQuery(askTemplate(key));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Writing key={key} template={data} />;
}

function Writing({ template }: { readonly template: TemplateShown }) {
  const channel: Channel = readChannel(template.channel);
  const mayEdit = useMay('journeys:write');
  const maySeeContacts = useMay('contacts:read');
  const queries = useQueryClient();
  const [words, setWords] = useState<Words>(template);
  const [locale, setLocale] = useState(EVERYBODY);
  const [envelope, setEnvelope] = useState<Envelope>(template);
  const [base, setBase] = useState({ words: template as Words, envelope: template as Envelope, version: template.version ?? 0 });
  const [kept, setKept] = useState(() => readKept(localStorage.getItem(KEPT + template.key)));
  const insert = useRef<(text: string) => void>(() => {});
  const source = sourceOf(words, locale);
  const partials = useMemo(() => Object.keys(template.partials).sort(), [template.partials]);
  const [reader, setReader] = useState({ contact: '', data: '' });
  const [open, setOpen] = useState<'versions' | 'rename' | 'remove' | 'test' | 'envelope' | null>(null);
  const [settled] = useDebouncedValue(source, PAUSE);
  const [settledReader] = useDebouncedValue(reader, PAUSE);
  const data = useMemo(() => readData(settledReader.data), [settledReader.data]);
  const { data: names } = useQuery(askNames());
  const offered = useOffered();
  const attributes = useMemo(() => names?.attributes.map(({ name }) => name) ?? NONE, [names]);
  const known = useMemo(() => ({ attributes, offered }), [attributes, offered]);
  const { data: preview, isFetching, error } = useQuery(askPreview(channel, settled, settledReader.contact.trim(), data ?? {}, envelope.sender, locale));
  const isWritten = !isSameWords(words, base.words);
  const isChanged = isWritten || !isSameEnvelope(envelope, base.envelope);
  const [isVisual, showVisual] = useVisual();
  useEffect(() => {
    if (isWritten) localStorage.setItem(KEPT + template.key, JSON.stringify({ source: words.source, variants: words.variants }));
    else localStorage.removeItem(KEPT + template.key);
  }, [isWritten, words, template.key]);
  const save = useMutation({
    mutationFn: (edits: number) => answer(api.PUT('/api/v1/templates/{key}', { params: { path: { key: template.key } }, body: { channel, source: words.source, variants: words.variants, envelope: channel === 'email' ? { sender: envelope.sender, files: listDigests(envelope) } : null, edits } })),
    onSuccess: (shown) => {
      setBase({ words: shown, envelope: shown, version: shown.version ?? 0 });
      queries.setQueryData(askTemplate(template.key).queryKey, shown);
      tellDone(says.saved(shown.version ?? 0));
      return queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  const isConflict = save.error instanceof Refused && save.error.status === 409;
  useHotkeys([['mod+S', () => isChanged && mayEdit && save.mutate(base.version)]], [], true);
  const latest = async () => (await queries.fetchQuery({ ...askTemplate(template.key), staleTime: 0 })).version ?? 0;
  // On a phone these are in the menu.
  const rare = [
    ...(channel === 'email' ? [{ id: 'envelope', icon: IconPaperclip, label: says.envelope(envelope.files.length) } as const] : []),
    ...(mayEdit && (channel !== 'push' || maySeeContacts) ? [{ id: 'test', icon: IconSend, label: says.test } as const] : []),
    { id: 'versions', icon: IconHistory, label: says.versions } as const,
  ];
  return (
    <Box h="calc(100dvh - 52px)" className="writing">
      <Group mih={56} px="md" py={6} justify="space-between" gap={6} className="journey-head bar">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ActionIcon component={Link} to="/templates" variant="subtle" color="gray" aria-label={says.back}><IconArrowLeft size={18} /></ActionIcon>
          <Title order={1} size="h5" lineClamp={1}>{template.name}</Title>
          <Tag color={isChanged ? 'yellow' : 'green'}>{isChanged ? says.unsaved : says.same}{base.version > 0 ? ` · ${says.version(base.version)}` : ''}</Tag>
          {template.used_by.length > 0 && (
            <Menu position="bottom-start">
              <Menu.Target><Button size="compact-sm" variant="subtle" visibleFrom="md" className="fixed">{says.uses(template.used_by.length)}</Button></Menu.Target>
              <Menu.Dropdown>{template.used_by.map((use) => <Menu.Item key={use.journey} component={Link} to={`/journeys/${use.journey}`}>{use.name} ({use.is_live ? says.live : says.draftOnly})</Menu.Item>)}</Menu.Dropdown>
            </Menu>
          )}
        </Group>
        <Group gap={6} wrap="nowrap" className="template-tools">
          {channel === 'email' && <Box visibleFrom="sm"><ViewSwitch /></Box>}
          {mayEdit && channel === 'email' && !isVisual && <Insert names={partials} insert={(text) => insert.current(text)} />}
          {rare.map(({ id, icon: Picture, label }) => <Button key={id} size="xs" variant="default" visibleFrom="sm" leftSection={<Picture size={15} />} onClick={() => setOpen(id)}>{label}</Button>)}
          {mayEdit && <Button size="xs" disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate(base.version)}>{says.save}</Button>}
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="default" size={30} aria-label={says.actions} hiddenFrom={mayEdit ? undefined : 'sm'}><IconDotsVertical size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              {rare.map(({ id, icon: Picture, label }) => <Menu.Item key={id} hiddenFrom="sm" leftSection={<Picture size={16} />} onClick={() => setOpen(id)}>{label}</Menu.Item>)}
              {mayEdit && <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen('rename')}>{says.rename}</Menu.Item>}
              {mayEdit && template.used_by.length === 0 && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('remove')}>{says.remove}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {kept !== null && !isSameWords(kept, words) && (
        <Alert color="yellow" variant="light" p="xs" radius={0}>
          <Group gap="sm"><Text size="sm">{says.kept}</Text><Button size="compact-xs" onClick={() => { setWords(kept); setLocale(EVERYBODY); setKept(null); }}>{says.takeKept}</Button><Button size="compact-xs" variant="default" onClick={() => { localStorage.removeItem(KEPT + template.key); setKept(null); }}>{says.dropKept}</Button></Group>
        </Alert>
      )}
      {save.error && (
        <Alert color="red" variant="light" p="xs" radius={0}>
          <Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" onClick={() => void latest().then((version) => save.mutate(version))}>{says.overwrite}</Button>}</Group>
        </Alert>
      )}
      <LanguageTabs words={words} locale={locale} mayEdit={mayEdit} choose={setLocale} change={setWords} />
      {channel === 'email' && isVisual ? (
        <Suspense fallback={<Loading />}><VisualEditor key={locale} source={source} partials={template.partials} mayEdit={mayEdit} onChange={(text) => setWords((now) => putSource(now, locale, text))} onSave={() => isChanged && mayEdit && save.mutate(base.version)} onCode={() => showVisual(false)} /></Suspense>
      ) : <Box flex={1} mih={0} className="two">
        <Box className="half">
          {channel === 'push' ? <PushEditor key={locale} source={source} mayEdit={mayEdit} known={known} onChange={(text) => setWords((now) => putSource(now, locale, text))} /> : channel === 'sms' ? <Box p="md" className="push-editor"><WordsField key={locale} {...known} label={says.smsText} description={says.smsMore} value={source} change={(text) => setWords((now) => putSource(now, locale, text))} mayEdit={mayEdit} rows={6} most={LONGEST} /></Box> : (
            <Suspense fallback={<Loading />}><SourceEditor key={locale} source={source} mayEdit={mayEdit} findings={preview?.findings ?? NONE} attributes={attributes} partials={partials} offered={offered} onChange={(text) => setWords((now) => putSource(now, locale, text))} onReady={(put) => { insert.current = put; }} /></Suspense>
          )}
        </Box>
        <Box className="half looked" component="section" aria-label={says.preview}>
          <PreviewPane channel={channel} preview={preview} isMaking={isFetching} error={error} reader={reader} onReader={setReader} hasWrongData={data === null} source={source} data={data ?? {}} />
        </Box>
      </Box>}
      {open === 'versions' && (
        <Drawer opened onClose={() => setOpen(null)} position="right" size="min(860px, 100%)" title={says.versions} closeButtonProps={{ 'aria-label': says.close }}>
          <Versions versions={template.versions} inUse={template.version} ask={(number) => askWords(template.key, number)} read={(old) => sourceOf(old, locale)} source={source}
            onRestore={mayEdit ? (old, number) => { setWords(old); setLocale(EVERYBODY); setOpen(null); tellDone(says.restored(number)); } : null} />
        </Drawer>
      )}
      {open === 'test' && <TestSend channel={channel} source={source} language={locale} template={template.key} reader={reader} data={data ?? {}} envelope={envelope} onClose={() => setOpen(null)} />}
      {open === 'envelope' && <EnvelopeForm envelope={envelope} mayEdit={mayEdit} change={setEnvelope} onClose={() => setOpen(null)} />}
      {open === 'rename' && <Rename template={template} onClose={() => setOpen(null)} />}
      {open === 'remove' && <Remove template={template} onClose={() => setOpen(null)} />}
    </Box>
  );
}

const NONE: never[] = [];

type Dialog = { readonly template: TemplateShown; readonly onClose: () => void };

function Rename({ template, onClose }: Dialog) {
  const [name, setName] = useState(template.name);
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: () => answer(api.PATCH('/api/v1/templates/{key}', { params: { path: { key: template.key } }, body: { name: name.trim() } })),
    onSuccess: (shown) => {
      queries.setQueryData(askTemplate(template.key).queryKey, shown);
      onClose();
      return queries.invalidateQueries({ queryKey: ['templates'] });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.rename} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); rename.mutate(); }}>
        <Stack>
          <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={120} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={!name.trim()} loading={rename.isPending}>{says.rename}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Remove({ template, onClose }: Dialog) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/templates/{key}', { params: { path: { key: template.key } } })),
    onSuccess: async () => {
      localStorage.removeItem(KEPT + template.key);
      await queries.invalidateQueries({ queryKey: ['templates'] });
      tellDone(says.removed);
      await navigate({ to: '/templates' });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.remove} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.sure}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{says.remove}</Button></Group>
      </Stack>
    </Modal>
  );
}
