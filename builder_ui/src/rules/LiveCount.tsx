import { Anchor, Box, Group, Progress, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { Condition } from '../generated/journey';
import { sayNumber, sayShare } from '../words/formats';
import { askCount, type Count } from './asks';
import { isChosen, listPrivate } from './edit';
import { says } from './says';

const PAUSE = 600;

/** For how many contacts a condition is true now, asked when nobody has changed it for a moment. */
export function LiveCount({ condition }: { readonly condition: Condition }) {
  const [asked] = useDebouncedValue(condition, PAUSE);
  const hidden = listPrivate(asked);
  const isAsked = hidden.length === 0 && isChosen(asked);
  const { data, error, isFetching } = useQuery({ ...askCount(asked), enabled: isAsked, placeholderData: keepPreviousData });
  if (hidden.length > 0) return <Line>{says.cannot(hidden.map((kind) => says.private[kind]).join(', '))}</Line>;
  if (!isAsked) return <Line>{says.choose}</Line>;
  if (error) return <Line isWrong>{error.message}</Line>;
  if (!data || data.count === null) return <Line>{says.counting}</Line>;
  return <Box role="status" aria-label={says.count} aria-busy={isFetching} className="count" opacity={isFetching ? 0.6 : 1}><Figures count={data} /></Box>;
}

function Figures({ count: { count, exact, looked_at, of, sample } }: { readonly count: Count }) {
  const n = count ?? 0;
  return (
    <>
      <Group gap={6} align="baseline">
        <Text fz={17} fw={700} className="numbers">{exact ? sayNumber(n) : says.atLeast(sayNumber(n))}</Text>
        <Text size="xs" c="dimmed" className="numbers">{of !== null && exact ? says.of(sayNumber(of), sayShare(n, of)) : says.matching(n)}</Text>
      </Group>
      {exact && of !== null && of > 0 && <Progress value={(100 * n) / of} size={4} radius="xl" mt={4} aria-label={says.count} />}
      {!exact && looked_at !== null && <Text fz={11} c="dimmed">{says.looked(sayNumber(looked_at))}</Text>}
      {sample.length > 0 && (
        <Text fz={11} c="dimmed" mt={6} lineClamp={2}>
          {says.sample}{' '}
          {sample.slice(0, 5).map(({ id, name, email }, place) => (
            <span key={id}>{place > 0 && ', '}<Anchor component={Link} to={`/contacts/${id}`} fz={11}>{name || email || id.slice(0, 8)}</Anchor></span>
          ))}
        </Text>
      )}
    </>
  );
}

function Line({ isWrong = false, children }: { readonly isWrong?: boolean; readonly children: string }) {
  return <Text size="xs" c={isWrong ? 'var(--mantine-color-error)' : 'dimmed'} role="status">{children}</Text>;
}

/** For how many one of several conditions holds by itself. */
export function PartCount({ condition }: { readonly condition: Condition }) {
  const [asked] = useDebouncedValue(condition, PAUSE);
  const isAsked = listPrivate(asked).length === 0 && isChosen(asked);
  const { data } = useQuery({ ...askCount(asked), enabled: isAsked });
  if (!isAsked || !data || data.count === null) return null;
  const said = data.exact ? sayNumber(data.count) : says.atLeast(sayNumber(data.count));
  return <Text fz={11} lh="24px" c="dimmed" className="numbers" title={says.single(said)} aria-label={says.single(said)}>{said}</Text>;
}
