import { Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import { Card } from '../ui/Card';
import { SparkLine } from '../ui/SparkLine';
import { sayNumber } from '../words/formats';
import { askGrowth, type Segment } from './asks';
import { growthOver, listDays } from './growth';
import { says } from './words';

const GrowthChart = lazy(() => import('./GrowthChart'));
const SPANS = [30, 90, 365] as const;
/** Fewer known days than these make no line. */
const FEW = 2;

/** How a segment grew: its size by day, and when those joined who are in it now. */
export function Growth({ segment }: { readonly segment: Segment }) {
  const [span, setSpan] = useState<number>(SPANS[0]);
  const { data } = useQuery(askGrowth(segment.key, span));
  const days = data ? listDays(data.since, data.sizes) : [];
  const week = growthOver(segment.sizes, 7);
  const joined = segment.joined.reduce((sum, n) => sum + n, 0);
  return (
    <Card title={says.grew} actions={<SegmentedControl size="xs" aria-label={says.span} value={String(span)} onChange={(value) => setSpan(Number(value))} data={SPANS.map((n) => ({ value: String(n), label: says.days(n) }))} />}>
      {!data ? <Skeleton h={180} /> : days.length < FEW ? <Text size="sm" c="dimmed">{says.fromToday}</Text> : (
        <Suspense fallback={<Skeleton h={180} />}><GrowthChart days={days} /></Suspense>
      )}
      {week !== null && <Text size="sm">{says.week(`${week > 0 ? '+' : ''}${sayNumber(week)}`)}</Text>}
      <Group gap="sm" wrap="nowrap"><SparkLine values={segment.joined} label={says.joinedOf(segment.name, sayNumber(joined))} /><Text size="xs" c="dimmed">{says.joinedNow(sayNumber(joined))}</Text></Group>
    </Card>
  );
}
