import { Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { Card } from '../ui/Card';
import { Failure } from '../ui/States';
import { sayNumber } from '../words/formats';
import { askEstimate, type Estimated } from './asks';
import { says } from './words';

/** What speaks for how many will enter, and to how many its messages may go. */
export function Reach({ journeyKey }: { readonly journeyKey: string }) {
  const { data, error, refetch } = useQuery(askEstimate(journeyKey));
  return (
    <Card title={says.reach}>
      {error ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Text size="sm" c="dimmed" role="status">{says.counting}</Text> : <Counted estimated={data} />}
    </Card>
  );
}

function Counted({ estimated: { basis, days, times, people, week_times, week_people, is_more, reach } }: { readonly estimated: Estimated }) {
  const many = (n: number | null, isMore = is_more) => (n === null ? '–' : isMore ? says.atLeast(sayNumber(n)) : sayNumber(n));
  const about = ({ people, is_more: isMore, margin }: Estimated['reach'][number]) => (margin > 0 ? says.about(sayNumber(people), sayNumber(margin)) : many(people, isMore));
  return (
    <>
      <Text size="sm">{says.basis[basis](many(times), many(people), days)}</Text>
      {week_times !== null && <Text size="sm">{says.week(many(week_times), many(week_people))}</Text>}
      {reach.length > 0 && (
        <Stack gap={8} mt={6}>
          <Text size="xs" fw={600} c="dimmed">{says.mayGet}</Text>
          {reach.map((one) => (
            <div key={`${one.channel}/${one.topic}`}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm">{says.kinds[one.channel]}{one.topic ? ` · ${one.topic}` : ''}</Text>
                <Text size="sm" fw={600} className="numbers fixed">{one.of === null ? says.ofAll(about(one)) : says.of(about(one), sayNumber(one.of))}</Text>
              </Group>
              {one.of !== null && one.of > 0 && <Progress size="xs" mt={4} value={Math.min(100, (100 * one.people) / one.of)} aria-hidden />}
            </div>
          ))}
          {reach.some(({ margin }) => margin > 0) && <Text size="xs" c="dimmed">{says.sampled}</Text>}
          <Text size="xs" c="dimmed">{says.atHandOver}</Text>
        </Stack>
      )}
    </>
  );
}
