import { Alert, Button, FileButton, Group, Modal, NativeSelect, Paper, SimpleGrid, Stack, Text, Textarea, ThemeIcon, Title } from '@mantine/core';
import { IconFileImport, IconPencilPlus, type Icon } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { sayFlaw } from '../editing/sayFlaw';
import { readJourney } from '../editing/text';
import type { Journey, Trigger } from '../generated/journey';
import { askJourneys } from '../journeys/asks';
import { keyFromName } from '../journeys/keys';
import { NameAndKey } from '../journeys/NameAndKey';
import { says } from '../journeys/words';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { tellDone } from '../ui/tell';
import { Thumbnail } from './Thumbnail';

const askGallery = () => queryOptions({ queryKey: ['gallery'], queryFn: async () => (await answer(api.GET('/api/v1/gallery'))).journeys, staleTime: Infinity });
type Point = { readonly key: string; readonly name: string; readonly description: string; readonly trigger: string; readonly steps: number; readonly document: Record<string, unknown> };
type Asking = { readonly kind: 'point'; readonly point: Point } | { readonly kind: 'blank' } | { readonly kind: 'import' };

/** Where a journey may begin: with one that is ready, with nothing, or with a file. */
export function GalleryPage() {
  const { data, error, refetch } = useQuery(askGallery());
  const { data: journeys } = useQuery(askJourneys());
  const [asking, ask] = useState<Asking | null>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = () => ask(null);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data || !journeys) return <Loading />;
  const taken = new Set(journeys.map(({ key }) => key));
  const go = async (key: string) => {
    await queries.invalidateQueries({ queryKey: ['journeys'] });
    await navigate({ to: `/journeys/${key}`, search: { view: 'edit' } });
  };
  return (
    <Page title={says.gallery} more={says.galleryMore}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mb="md">
        <Beginning icon={IconPencilPlus} title={says.blank} more={says.blankMore} onChoose={() => ask({ kind: 'blank' })} />
        <Beginning icon={IconFileImport} title={says.importIt} more={says.importMore} onChoose={() => ask({ kind: 'import' })} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {data.map((point) => (
          <Paper key={point.key} component="article" withBorder radius="lg" className="point">
            <Thumbnail journey={point.document as unknown as Journey} label={says.preview(point.name)} />
            <Stack gap={6} p="md" flex={1}>
              <Title order={2} size="h5">{point.name}</Title>
              <Text size="sm" c="dimmed" flex={1}>{point.description}</Text>
              <Text size="xs"><Text span inherit c="dimmed">{says.whenLabel}: </Text>{point.trigger} · {says.steps(point.steps)}</Text>
              <Button variant="light" mt={6} onClick={() => ask({ kind: 'point', point })} aria-label={`${says.use}: ${point.name}`}>{says.use}</Button>
            </Stack>
          </Paper>
        ))}
      </SimpleGrid>
      {asking?.kind === 'point' && (
        <Modal opened onClose={close} title={asking.point.name} closeButtonProps={{ 'aria-label': says.close }}>
          <NameAndKey first={asking.point.name} firstKey={taken.has(asking.point.key) ? keyFromName(asking.point.key, taken) : asking.point.key} taken={taken} does={says.make} onCancel={close} onMake={async (made) => {
            await answer(api.POST('/api/v1/gallery/{key}/use', { params: { path: { key: asking.point.key } }, body: made }));
            await go(made.key);
          }} />
        </Modal>
      )}
      {asking?.kind === 'blank' && <Blank taken={taken} onClose={close} onMade={go} />}
      {asking?.kind === 'import' && <Import taken={taken} onClose={close} onMade={go} />}
    </Page>
  );
}

function Beginning({ icon: Picture, title, more, onChoose }: { readonly icon: Icon; readonly title: string; readonly more: string; readonly onChoose: () => void }) {
  return (
    <Paper component="button" type="button" withBorder radius="lg" p="md" className="beginning" onClick={onChoose}>
      <Group wrap="nowrap">
        <ThemeIcon variant="light" size={44} radius="md"><Picture size={22} stroke={1.7} /></ThemeIcon>
        <div>
          <Text fw={650}>{title}</Text>
          <Text size="sm" c="dimmed">{more}</Text>
        </div>
      </Group>
    </Paper>
  );
}

type Making = { readonly taken: ReadonlySet<string>; readonly onClose: () => void; readonly onMade: (key: string) => Promise<void> };

const TRIGGERS: Readonly<Record<string, Trigger>> = {
  event: { kind: 'event', event: '' },
  segment: { kind: 'segment', segment: '', change: 'entered' },
  date: { kind: 'date', attribute: 'birthday', at: '09:00', repeat: 'yearly' },
  schedule: { kind: 'schedule', cron: '0 9 * * 1', audience: { segment: '', op: 'member' } },
  inactivity: { kind: 'inactivity', no: 'any', for: 'P30D' },
  manual: { kind: 'manual' },
};

async function keepDraft(document: Record<string, unknown> & { key: string }): Promise<void> {
  await answer(api.PUT('/api/v1/journeys/{key}', { params: { path: { key: document.key } }, body: { document } }));
}

function Blank({ taken, onClose, onMade }: Making) {
  const [kind, setKind] = useState('event');
  return (
    <Modal opened onClose={onClose} title={says.blank} closeButtonProps={{ 'aria-label': says.close }}>
      <NameAndKey first="" taken={taken} does={says.make} onCancel={onClose} onMake={async ({ key, name }) => {
        await keepDraft({ format: 1, key, name, trigger: TRIGGERS[kind], nodes: {} });
        await onMade(key);
      }}>
        <NativeSelect label={says.trigger} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={Object.keys(TRIGGERS).map((value) => ({ value, label: says.triggers[value] ?? value }))} />
      </NameAndKey>
    </Modal>
  );
}

function Import({ taken, onClose, onMade }: Making) {
  const [text, setText] = useState('');
  const read = text.trim() ? readJourney(text, '') : null;
  const journey = read?.journey ?? null;
  const said = journey === null ? null : (JSON.parse(text) as { key?: string; name?: string });
  const wanted = said?.key ?? '';
  return (
    <Modal opened onClose={onClose} title={says.importTitle} size="lg" closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Group>
          <FileButton accept="application/json,.json" onChange={(file) => void file?.text().then(setText)}>{(props) => <Button variant="default" size="xs" {...props}>{says.importFile}</Button>}</FileButton>
        </Group>
        <Textarea label={says.importText} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={8} maxRows={16} classNames={{ input: 'mono' }} />
        {read?.flaw && <Alert color="red" variant="light">{says.notJson(sayFlaw(read.flaw))}</Alert>}
        {journey !== null && (
          <NameAndKey key={wanted} first={said?.name ?? ''} firstKey={taken.has(wanted) ? keyFromName(wanted, taken) : wanted} taken={taken} does={says.importNow} onCancel={onClose} onMake={async ({ key, name }) => {
            await keepDraft({ ...(JSON.parse(text) as Record<string, unknown>), key, name });
            tellDone(says.imported);
            await onMade(key);
          }} />
        )}
      </Stack>
    </Modal>
  );
}
