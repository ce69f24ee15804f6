import { ActionIcon, Alert, Anchor, Button, Code, CopyButton, Grid, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconCopy, IconDotsVertical, IconSettings, IconTrash, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { askCatalog, type CatalogShown, deleteCatalog } from './asks';
import { Items } from './Items';
import { Recommended } from './Recommended';
import { SettingsForm } from './SettingsForm';
import { type Snippet, writeSnippet } from './snippets';
import { Upload } from './Upload';
import { says } from './words';

const SNIPPETS: readonly Snippet[] = ['one', 'list', 'recommend'];

/** One data set: what is in it, what is recommended of it, and how letters name it. */
export function CatalogPage() {
  const { name } = useParams({ from: '/catalogs/$name' });
  const { data, error, refetch } = useQuery(askCatalog(name));
  const mayEdit = useMay('journeys:write');
  const [open, setOpen] = useState<'upload' | 'settings' | 'remove' | null>(null);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={name} more={data.description || says.itemCount(sayNumber(data.items), data.items)} actions={mayEdit && (
      <Group gap="xs">
        <Button leftSection={<IconUpload size={16} />} onClick={() => setOpen('upload')}>{says.upload}</Button>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size={36} aria-label={says.more2}><IconDotsVertical size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => setOpen('settings')}>{says.settings}</Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('remove')}>{says.remove}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    )}>
      <Anchor component={Link} to="/catalogs" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      {data.upload && open !== 'upload' && <Alert mb="md" variant="light" icon={<IconUpload size={18} />}>{says.others(data.upload.by, sayNumber(data.upload.rows), data.upload.percent)}</Alert>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}><Items catalog={data} mayEdit={mayEdit} /></Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack>
            <Recommended catalog={data} onSettings={mayEdit ? () => setOpen('settings') : null} />
            <InLetters catalog={data} />
          </Stack>
        </Grid.Col>
      </Grid>
      {open === 'upload' && <Upload catalog={data} onClose={() => setOpen(null)} />}
      {open === 'settings' && <SettingsForm catalog={data} onClose={() => setOpen(null)} />}
      {open === 'remove' && <Remove name={name} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function InLetters({ catalog }: { readonly catalog: CatalogShown }) {
  const users = [...catalog.templates.map(({ key, name }) => ({ to: `/templates/${key}`, name })), ...catalog.partials.map((name) => ({ to: `/partials/${name}`, name }))];
  return (
    <Card title={says.inLetters}>
      {SNIPPETS.map((kind) => {
        const code = writeSnippet(kind, catalog);
        return (
          <div key={kind}>
            <Group justify="space-between" gap="xs" mb={4}>
              <Text size="xs" c="dimmed">{says.snippets[kind]}</Text>
              <CopyButton value={code}>{({ copied, copy }) => <ActionIcon variant="subtle" color="gray" size={24} onClick={copy} aria-label={`${copied ? says.copied : says.copy}: ${says.snippets[kind]}`}>{copied ? <IconCheck size={15} /> : <IconCopy size={15} />}</ActionIcon>}</CopyButton>
            </Group>
            <Code block fz="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{code}</Code>
          </div>
        );
      })}
      <Text size="xs" c="dimmed" mt={4}>{says.usedIn}</Text>
      {users.length === 0 ? <Text size="sm" c="dimmed">{says.unused2}</Text> : <Group gap="sm">{users.map(({ to, name }) => <Anchor key={to} component={Link} to={to} size="sm">{name}</Anchor>)}</Group>}
      {catalog.described.length > 0 && <Text size="xs" c="dimmed" mt={4}>{says.fields}</Text>}
      <Group gap={6}>{catalog.described.map(({ name, share }) => <Tag key={name} color={name === catalog.key_field ? 'indigo' : name === catalog.category_field ? 'teal' : 'gray'}>{share < 100 ? `${name} · ${says.share(share)}` : name}</Tag>)}</Group>
    </Card>
  );
}

function Remove({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteCatalog(name),
    onSuccess: async () => {
      tellDone(says.removed);
      queries.removeQueries({ queryKey: ['catalog', name] });
      await queries.invalidateQueries({ queryKey: ['catalogs'] });
      await navigate({ to: '/catalogs' });
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
