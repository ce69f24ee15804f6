import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import { Card } from '../ui/Card';
import { colorText, Tag, type TagColor } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant, sayNumber } from '../words/formats';
import type { AccountShown } from './asks';
import { says } from './accountWords';

const MAILBOX = 'mailbox';
const COLORS: Readonly<Record<AccountShown['state'], TagColor>> = { well: 'green', paused: 'red', away: 'red', resting: 'yellow', recovering: 'yellow', warmed_up_today: 'yellow' };

/** One account at a provider: what it carries, how it stands, and letting it rest and go on. */
export function AccountCard({ account, isAlone, mayChange }: { readonly account: AccountShown; readonly isAlone: boolean; readonly mayChange: boolean }) {
  const { channel, name, provider, host, setting, state, until, reason } = account;
  const isKept = provider === MAILBOX;
  const queries = useQueryClient();
  const path = { params: { path: { channel, name } }, body: {} } as const;
  const check = useMutation({ mutationFn: () => answer(api.POST('/api/v1/accounts/{channel}/{name}/check', path)) });
  const done = (words: string) => () => { tellDone(words); void queries.invalidateQueries({ queryKey: ['accounts'] }); };
  const pause = useMutation({ mutationFn: () => answer(api.POST('/api/v1/accounts/{channel}/{name}/pause', path)), onSuccess: done(says.pausedNow), onError: tellFailure });
  const resume = useMutation({ mutationFn: () => answer(api.POST('/api/v1/accounts/{channel}/{name}/resume', path)), onSuccess: done(says.resumed), onError: tellFailure });
  return (
    <Card title={isAlone ? says.channel[channel] ?? channel : `${says.channel[channel] ?? channel}: ${name}`}
      actions={<Tag color={isKept ? 'yellow' : COLORS[state]}>{isKept ? says.kept : says.states[state]}</Tag>}>
      {isKept && <Text size="sm" c="dimmed">{says.keptMore}</Text>}
      {!isKept && <Text size="sm">{says.provider}: <Text span inherit fw={600}>{provider}</Text>{host !== null && ` · ${host}`}</Text>}
      {!isKept && <Text size="sm" c="dimmed">{listTerms(account).join(' · ')}</Text>}
      {state !== 'well' && !isKept && (
        <Text size="sm" c={colorText(COLORS[state])} className="wrapped">{says.more[state]}{until !== null && ` ${says.until(sayInstant(until))}`}{reason !== null && ` ${says.why(reason)}`}</Text>
      )}
      <Text size="sm">{says.variable}: <Code className="wrapped">{setting}</Code></Text>
      {mayChange && !isKept && (
        <Group gap="xs">
          {host !== null && <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate()}>{says.check}</Button>}
          {state === 'well' || state === 'recovering' || state === 'warmed_up_today'
            ? <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate()}>{says.pause}</Button>
            : <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>{says.resume}</Button>}
        </Group>
      )}
      {check.error && <Alert color="red" variant="light">{check.error.message}</Alert>}
      {check.data && <Alert role="status" color={check.data.reached ? 'green' : 'red'} variant="light">{check.data.reached ? says.reached : says.unreached(check.data.trouble)}</Alert>}
    </Card>
  );
}

function listTerms({ serves, weight, rate, left_today: left, carried_today: carried }: AccountShown): string[] {
  return [
    serves.length > 1 ? says.everything : says.only[serves[0] ?? ''] ?? '',
    ...(weight > 1 ? [says.weight(sayNumber(weight))] : []),
    ...(rate === null ? [] : [says.rate(sayNumber(rate))]),
    ...(left === null || carried === null ? [] : [says.warmUp(sayNumber(carried), sayNumber(carried + left))]),
  ];
}
