import { Anchor, Button, Group, Modal, NativeSelect, Paper, Stack, Table, Text, TextInput, ThemeIcon } from '@mantine/core';
import { IconPlus, IconPuzzle, IconSearch, IconTemplate } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { keyFromName } from '../journeys/keys';
import { useMay } from '../session/asks';
import { findChoices } from '../ui/Chooser';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { language } from '../words/language';
import { PICTURES } from '../messages/pictures';
import { askTemplates, type Channel, readChannel, type Starter, type TemplateItem } from './asks';
import { BLANK } from './blank';
import { StarterGallery } from './StarterGallery';
import { says } from './words';

/** All letters and texts, and which journeys send them. */
export function TemplateList() {
  const { data, error, refetch } = useQuery(askTemplates());
  const mayEdit = useMay('journeys:write');
  const [search, setSearch] = useState('');
  const [isMaking, setMaking] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const found = findChoices(data.map((item) => ({ ...item, id: item.key, label: item.name, more: item.key })), search);
  const create = (
    <Group gap="xs">
      <Button component={Link} to="/partials" variant="default" leftSection={<IconPuzzle size={16} />}>{says.partials}</Button>
      {mayEdit && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button>}
    </Group>
  );
  return (
    <Page title={says.title} more={says.more} actions={create}>
      {data.length === 0 ? <Empty icon={IconTemplate} title={says.none}>{says.noneMore}</Empty> : (
        <Stack gap="sm">
          <TextInput value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maw={320} />
          {found.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : (
            <Paper withBorder radius="lg">
              <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
                <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th visibleFrom="sm">{says.usedBy}</Table.Th><Table.Th ta="right" visibleFrom="xs">{says.changed}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>{found.map((item) => <Row key={item.key} item={item} />)}</Table.Tbody>
              </Table>
            </Paper>
          )}
        </Stack>
      )}
      {isMaking && <Make templates={data} onClose={() => setMaking(false)} />}
    </Page>
  );
}

/** Users that are named. */
const MOST = 4;

function Row({ item }: { readonly item: TemplateItem }) {
  const { icon: Picture, color } = PICTURES[readChannel(item.channel)];
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" color={color} size={32} radius="md"><Picture size={17} stroke={1.8} /></ThemeIcon>
          <div className="grow">
            <Anchor component={Link} to={`/templates/${item.key}`} fw={600} c="var(--mantine-color-text)">{item.name}</Anchor>
            <Text size="xs" c="dimmed">{item.key}{item.version === null ? '' : ` · ${says.version(item.version)}`}{item.locales.length > 0 ? ` · ${item.locales.join(', ')}` : ''}</Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {item.used_by.length === 0 ? <Text size="sm" c="dimmed">{says.nobody}</Text> : <Group gap={6}>{item.used_by.slice(0, MOST).map((use) => <Tag key={use.journey} color={use.is_live ? 'green' : 'gray'}>{use.name}</Tag>)}{item.used_by.length > MOST && <Text size="xs" c="dimmed">+{item.used_by.length - MOST}</Text>}</Group>}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs"><Text size="sm" c="dimmed" className="unbroken">{sayInstant(item.updated_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

/** Stands for the chosen letter to begin with; no template's key has such a sign. */
const STARTER = '*';

function Make({ templates, onClose }: { readonly templates: readonly TemplateItem[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [channel, setChannel] = useState<Channel>('email');
  const [name, setName] = useState('');
  const [from, setFrom] = useState('');
  const [starter, setStarter] = useState<Starter | null>(null);
  const taken = new Set(templates.map(({ key }) => key));
  const key = keyFromName(name, taken);
  const make = useMutation({
    mutationFn: async () => {
      if (starter) return answer(api.PUT('/api/v1/templates/{key}', { params: { path: { key } }, body: { channel: 'email', source: starter.source, variants: starter.variants, edits: 0, name: name.trim() } }));
      const source = from ? (await answer(api.GET('/api/v1/templates/{key}', { params: { path: { key: from } } }))).source : BLANK[channel];
      return answer(api.PUT('/api/v1/templates/{key}', { params: { path: { key } }, body: { channel, source, edits: 0, name: name.trim() } }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['templates'] });
      await navigate({ to: `/templates/${key}` });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.create} size={channel === 'email' ? 'xl' : 'md'} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack>
          <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={120} data-autofocus {...(name ? { description: `${says.key}: ${key}` } : {})} />
          <NativeSelect label={says.channel} value={channel} onChange={(event) => { setChannel(event.currentTarget.value as Channel); setFrom(''); setStarter(null); }} data={[{ value: 'email', label: says.email }, { value: 'sms', label: says.sms }, { value: 'push', label: says.push }]} />
          <NativeSelect label={says.startWith} value={starter ? STARTER : from} onChange={(event) => { setFrom(event.currentTarget.value); setStarter(null); }} data={[{ value: '', label: says.blank }, ...(starter ? [{ value: STARTER, label: starter.name[language] ?? starter.key }] : []), ...templates.filter((one) => one.channel === channel).map((one) => ({ value: one.key, label: one.name }))]} />
          {channel === 'email' && (
            <StarterGallery chosen={starter?.key ?? null} onChoose={(one) => {
              setStarter(one);
              setFrom('');
              if (!name.trim() || name === starter?.name[language]) setName(one.name[language] ?? '');
            }} />
          )}
          <Group justify="flex-end" className="starter-choice"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={make.isPending} disabled={!name.trim()}>{says.make}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
