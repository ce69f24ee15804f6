import { Alert, Anchor, Button, Drawer, Group, List, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { answer, api, Refused } from '../api/client';
import type { JourneyShown, Problem } from '../api/types';
import { findOpenDraft, settleDraft } from '../drafts/open';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Card } from '../ui/Card';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayNumber } from '../words/formats';
import { askEstimate, askPlan, type Planned, writeMoves } from './asks';
import { Filling } from './Filling';
import { FIRST, mayPublish, writePublish } from './migration';
import { Inside, Earlier } from './People';
import { says } from './words';

type Props = { readonly journey: JourneyShown; readonly onClose: () => void };

/** What publishing would change and for whom, and the button that does it. */
export function PublishReview({ journey, onClose }: Props) {
  const [settled, setSettled] = useState<Error | true | null>(null);
  useEffect(() => {
    settleDraft(journey.key, says.notSaved).then(() => setSettled(true), (error: unknown) => setSettled(error instanceof Error ? error : new Error(String(error))));
  }, [journey.key]);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(640px, 100%)" title={says.review} closeButtonProps={{ 'aria-label': says.close }}>
      {settled === null ? <Stack align="center"><Loading /><Text size="sm" c="dimmed">{says.saving}</Text></Stack> : settled === true ? <Review journey={journey} onClose={onClose} /> : <Failure error={settled} />}
    </Drawer>
  );
}

function Review({ journey, onClose }: Props) {
  const queries = useQueryClient();
  const [choices, setChoices] = useState(FIRST);
  const { data: planned, error, isFetching, refetch } = useQuery(askPlan(journey.key, choices.targets));
  const publish = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/journeys/{key}/publish', { params: { path: { key: journey.key } }, body: writePublish(choices, writeMoves(choices.targets)) })),
    onSuccess: () => Promise.all([['journeys'], ['journey', journey.key], ['report', journey.key], ['versions', journey.key], ['backfill', journey.key]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  if (publish.data) return <Published journey={journey} number={publish.data.number} moved={publish.data.moved.reduce((sum, place) => sum + place.people, 0)} onClose={onClose} />;
  const problems = error instanceof Refused ? (error.problem['problems'] as readonly Problem[] | undefined) : undefined;
  if (error && !problems) return <Failure error={error} retry={() => void refetch()} />;
  if (problems) return <Checks journey={journey} problems={problems} onClose={onClose} />;
  if (!planned) return <Loading />;
  const next = (journey.version?.number ?? 0) + 1;
  return (
    <Stack>
      <Changes journey={journey} planned={planned} />
      <Card title={says.checks}><Group gap="xs"><IconCircleCheck size={18} color="var(--mantine-color-green-6)" /><Text size="sm">{says.passed}</Text></Group></Card>
      <Reach journeyKey={journey.key} />
      {journey.version !== null && <Inside journey={journey} planned={planned} choices={choices} onChange={setChoices} />}
      <Earlier choices={choices} onChange={setChoices} />
      {publish.error && <Alert color="red" variant="light">{publish.error.message}</Alert>}
      {choices.moves && !planned.is_mapped && <Text size="sm" c="dimmed" role="status">{says.unmapped}</Text>}
      <Group justify="flex-end" className="foot">
        <Button variant="default" onClick={onClose}>{says.cancel}</Button>
        <Button leftSection={<IconRocket size={16} />} loading={publish.isPending} disabled={isFetching || !mayPublish(planned, choices)} onClick={() => publish.mutate()}>
          {planned.is_new ? says.publishVersion(next) : says.publish}
        </Button>
      </Group>
    </Stack>
  );
}

function Changes({ journey, planned: { changes, is_new } }: { readonly journey: JourneyShown; readonly planned: Planned }) {
  const draft = findOpenDraft(journey.key)?.read().journey ?? journey.draft;
  const title = (key: string) => {
    const node = findNode(draft, key) ?? (journey.version ? findNode(journey.version.document, key) : undefined);
    return node ? describeNode(node).title : key;
  };
  const rows = [
    ...changes.parts.map((part) => ({ color: 'yellow' as const, tag: says.part, text: part })),
    ...changes.added.map((key) => ({ color: 'green' as const, tag: says.added, text: title(key) })),
    ...changes.changed.map((key) => ({ color: 'yellow' as const, tag: says.changed, text: title(key) })),
    ...changes.removed.map((key) => ({ color: 'red' as const, tag: says.removed, text: title(key) })),
  ];
  return (
    <Card title={says.changes}>
      {!is_new ? <Text size="sm">{says.nothingNew}</Text> : journey.version === null ? <Text size="sm">{says.first}</Text> : rows.map(({ color, tag, text }, place) => (
        <Group key={place} gap="sm" wrap="nowrap"><Tag color={color}>{tag}</Tag><Text size="sm">{text}</Text></Group>
      ))}
    </Card>
  );
}

function Checks({ journey, problems, onClose }: Props & { readonly problems: readonly Problem[] }) {
  const navigate = useNavigate();
  return (
    <Card title={says.checks}>
      <Text size="sm" fw={600}>{says.failed}</Text>
      <List size="sm" spacing={6}>
        {problems.map((problem, place) => (
          <List.Item key={place}>
            {problem.message}{' '}
            {problem.node !== null && <Anchor component="button" type="button" size="sm" onClick={() => { onClose(); void navigate({ to: `/journeys/${journey.key}`, search: { view: 'edit' } }); }}>{says.toStep}</Anchor>}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

function Reach({ journeyKey }: { readonly journeyKey: string }) {
  const { data } = useQuery(askEstimate(journeyKey));
  if (!data) return null;
  const many = (n: number | null) => (n === null ? '–' : data.is_more ? says.atLeast(sayNumber(n)) : sayNumber(n));
  return <Card title={says.reach}><Text size="sm">{says.basis[data.basis](many(data.times), many(data.people), data.days)}</Text></Card>;
}

function Published({ journey, number, moved, onClose }: Props & { readonly number: number; readonly moved: number }) {
  const navigate = useNavigate();
  return (
    <Stack align="center" py="xl" gap="sm">
      <IconCircleCheck size={48} color="var(--mantine-color-green-6)" aria-hidden />
      <Text fw={650} size="lg" role="status">{says.published(number)}</Text>
      {moved > 0 && <Text size="sm">{says.moved(sayNumber(moved))}</Text>}
      <Filling journeyKey={journey.key} />
      <Group>
        <Button variant="default" onClick={onClose}>{says.done}</Button>
        <Button onClick={() => { onClose(); void navigate({ to: `/journeys/${journey.key}`, search: { view: 'watch' } }); }}>{says.watch}</Button>
      </Group>
    </Stack>
  );
}
