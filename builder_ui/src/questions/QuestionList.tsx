import { Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag, type TagColor } from '../ui/Tag';
import { sayAgo } from '../words/formats';
import { askQuestions, type Question } from './asks';
import { judgeHaste } from './form';
import { useNow } from './useNow';
import { says } from './words';

const HASTE: Readonly<Record<ReturnType<typeof judgeHaste>, TagColor>> = { over: 'red', soon: 'orange', later: 'gray' };

/** What journeys ask, the newest first. */
export function QuestionList() {
  const [which, setWhich] = useState<'open' | 'all'>('open');
  const questions = useInfiniteQuery(askQuestions(which === 'open'));
  const { data, error, refetch } = questions;
  const now = useNow();
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={says.title} more={says.more} actions={<SegmentedControl size="xs" aria-label={says.show} value={which} onChange={(next) => setWhich(next as typeof which)} data={[{ value: 'open', label: says.open }, { value: 'all', label: says.all }]} />}>
      {!data ? <Loading /> : items.length === 0 ? <Empty icon={IconMessageQuestion} title={which === 'open' ? says.none : says.noneAnswered}>{says.noneMore}</Empty> : (
        <Stack gap="sm" component="ul" className="plain" maw={820}>
          {items.map((question) => <li key={question.id}><Item question={question} now={now} /></li>)}
          <Older query={questions} />
        </Stack>
      )}
    </Page>
  );
}

function Item({ question: { id, words, journey, to, state, asked_at, due_at, escalated_at, answer, answerer }, now }: { readonly question: Question; readonly now: number }) {
  return (
    <Paper component={Link} to={`/questions/${id}`} withBorder radius="lg" p="md" display="block" className="question" td="none" c="inherit">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600} lineClamp={3} className="wrapped">{words}</Text>
        <span className="fixed">{state === 'open' ? <Tag color={HASTE[judgeHaste(due_at, now)]}>{says.due(sayAgo(due_at, now))}</Tag> : <Tag color={state === 'answered' ? 'green' : 'gray'}>{answer ?? says.states[state]}</Tag>}</span>
      </Group>
      <Group gap="xs" mt={6}>
        <Text size="xs" c="dimmed">{[journey, says.to(to), says.asked(sayAgo(asked_at, now)), answerer].filter(Boolean).join(' · ')}</Text>
        {escalated_at && state === 'open' && <Tag color="red">{says.escalated}</Tag>}
      </Group>
    </Paper>
  );
}
