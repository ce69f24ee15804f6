import { queryOptions, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';

import { answer, api } from '../api/client';
import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import { rephrase } from './problemWords';

/** So long after the last edit the draft is checked, in milliseconds. */
const PAUSE = 500;

export type Checked = {
  readonly problems: readonly Problem[];
  /** By node; those of the journey itself under ''. */
  readonly byNode: ReadonlyMap<string, readonly Problem[]>;
  readonly isCurrent: boolean;
  readonly hasFailed: boolean;
};

const askProblems = (journey: Journey) =>
  queryOptions({
    queryKey: ['problems', journey.key, numberOf(journey)],
    queryFn: async () => ((await answer(api.POST('/api/v1/journeys/{key}/validate', { params: { path: { key: journey.key } }, body: { document: { ...journey } } }))).problems as unknown as readonly Problem[]).map((problem) => rephrase(problem, journey.nodes)) as readonly Problem[],
    staleTime: 30_000,
    gcTime: 10_000,
    placeholderData: (before: readonly Problem[] | undefined) => before,
  });

const numbers = new WeakMap<Journey, number>();
let count = 0;

/** Names a document without reading it all. */
function numberOf(journey: Journey): number {
  const number = numbers.get(journey) ?? ++count;
  numbers.set(journey, number);
  return number;
}

/** What is to be mended in a draft, as the server says a moment after each edit. */
export function useProblems(journey: Journey): Checked {
  const [settled] = useDebouncedValue(journey, PAUSE);
  const { data, isPlaceholderData, isError } = useQuery(askProblems(settled));
  return useMemo(() => {
    const problems = data ?? [];
    return { problems, byNode: groupByNode(problems), isCurrent: data !== undefined && !isPlaceholderData && settled === journey, hasFailed: isError };
  }, [data, isPlaceholderData, isError, settled, journey]);
}

export function groupByNode(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const found = new Map<string, Problem[]>();
  for (const problem of problems) {
    const node = problem.node ?? '';
    found.set(node, [...(found.get(node) ?? []), problem]);
  }
  return found;
}
