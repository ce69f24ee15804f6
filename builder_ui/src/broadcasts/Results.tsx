import '../watching/watching.css';

import { Alert, Anchor, Button, Grid, Group, Modal, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { LIVE } from '../api/client';
import { askNames } from '../fields/asks';
import { useMay } from '../session/asks';
import { LetterThumbnail } from '../templates/LetterThumbnail';
import { TextCosts } from '../templates/TextCosts';
import { Card } from '../ui/Card';
import { Figure } from '../ui/Figure';
import { Page } from '../ui/Page';
import { tellDone, tellFailure } from '../ui/tell';
import { askReport } from '../watching/asks';
import { Bar } from '../watching/parts';
import { sayNumber, sayShare } from '../words/formats';
import { sayReason } from '../words/reasons';
import { type Broadcast, stopBroadcast } from './asks';
import { Facts } from './Facts';
import { StateTag, When } from './parts';
import { readAudience } from './plan';
import { nameOf, sayWho } from './sayWho';
import { says } from './words';

/** What became of a broadcast, or will. */
export function Results({ broadcast, replan }: { readonly broadcast: Broadcast; readonly replan: () => void }) {
  const { key, name, state, entered, sent, queued, told } = broadcast;
  const mayStop = useMay('journeys:publish');
  const mayEdit = useMay('journeys:write');
  const { data: names } = useQuery(askNames());
  const [isStopping, setStopping] = useState(false);
  const isWaiting = state === 'scheduled' || state === 'draft' || state === 'cancelled' || state === 'missed';
  // Before anything was heard of these letters nobody can say that none was opened.
  const heard = told && told.delivered + told.opened + told.clicked > 0 ? sent : 0;
  return (
    <Page title={name} more={says.more} actions={(
      <Group gap="xs">
        <StateTag state={state} />
        {mayStop && (state === 'scheduled' || state === 'sending') && <Button size="xs" variant="default" color="red" onClick={() => setStopping(true)}>{state === 'scheduled' ? says.cancelIt : says.stopIt}</Button>}
        {mayEdit && state === 'cancelled' && <Button size="xs" onClick={replan}>{says.again}</Button>}
      </Group>
    )}>
      <Stack>
        {state === 'missed' && <Alert color="orange" variant="light">{says.missedMore}</Alert>}
        {state === 'paused' && <Alert color="orange" variant="light">{says.pausedMore} <Anchor component={Link} to={`/journeys/${key}`} size="sm" underline="always">{says.asJourney}</Anchor></Alert>}
        {state === 'sending' && entered > 0 && <div><Progress value={(100 * (entered - queued)) / entered} aria-label={says.states.sending} animated /><Text size="xs" c="dimmed" mt={4} className="numbers" role="status">{says.progress(sayNumber(entered - queued), sayNumber(entered))}</Text></div>}
        {!isWaiting && (
          <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
            <Figure label={says.entered} value={sayNumber(entered)} />
            <Figure label={says.sent} value={sayNumber(sent)} more={sayShare(sent, entered)} />
            <Figure label={says.opened} value={heard === 0 || broadcast.channel !== 'email' ? '–' : sayNumber(told?.opened ?? 0)} more={heard > 0 && broadcast.channel === 'email' && sayShare(told?.opened ?? 0, heard)} />
            <Figure label={says.clicked} value={heard === 0 ? '–' : sayNumber(told?.clicked ?? 0)} more={heard > 0 && sayShare(told?.clicked ?? 0, heard)} />
          </SimpleGrid>
        )}
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <Stack>
              {!isWaiting && <Became broadcast={broadcast} hasHeard={heard > 0} />}
              {!isWaiting && broadcast.channel === 'sms' && <TextCosts journey={key} />}
              <Card title={says.facts} actions={<Anchor component={Link} to={`/journeys/${key}`} size="sm">{says.asJourney}</Anchor>}>
                <Facts rows={[[says.when, <When key="when" broadcast={broadcast} />], [says.audience, sayWho(readAudience(broadcast.audience), names)], [says.topic, nameOf(names?.topics, broadcast.topic) || '–'], [says.class, says.classes[broadcast.message_class]], [says.channel, says.channels[broadcast.channel]], [says.key, key]]} />
              </Card>
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}><Card title={says.letter}><LetterThumbnail templateKey={broadcast.template} /></Card></Grid.Col>
        </Grid>
      </Stack>
      {isStopping && <Stop broadcast={broadcast} onClose={() => setStopping(false)} />}
    </Page>
  );
}

function Became({ broadcast: { key, entered, sent, queued, skipped, cancelled, failed, uncertain, told }, hasHeard }: { readonly broadcast: Broadcast; readonly hasHeard: boolean }) {
  const maySee = useMay('contacts:read');
  const { data: report } = useQuery(askReport(key, 'all', null, 5 * LIVE));
  const reasons = Object.values(report?.messages ?? {}).flatMap((one) => Object.entries(one.reasons).flatMap(([fate, several]) => Object.entries(several).map(([reason, n]) => ({ fate, reason, n }))));
  const rows = [[says.sent, sent, 'kept'], [says.queued, queued, ''], [says.skipped, skipped, 'left'], [says.cancelledMany, cancelled, 'left'], [says.failedMany, failed + uncertain, 'left']] as const;
  return (
    <Card title={says.figures} actions={maySee && <Anchor component={Link} size="sm" {...({ to: '/messages', search: { journey: key } } as object)}>{says.eachMessage}</Anchor>}>
      {rows.filter(([, n], place) => n > 0 || place === 0).map(([label, n, tone]) => <Bar key={label} label={label} n={n} of={entered} tone={tone} />)}
      {hasHeard && told && [[says.delivered, told.delivered], [says.opened, told.opened], [says.clicked, told.clicked], [says.replied, told.replied], [says.bounced, told.bounced]].map(([label, n]) => Number(n) > 0 && <Bar key={label} label={String(label)} n={Number(n)} of={sent} />)}
      {told && told.unsubscribed > 0 && <Bar label={says.unsubscribed} n={told.unsubscribed} of={sent} tone="left" />}
      {told === null ? <Text size="xs" c="dimmed">{says.tooMany}</Text> : !hasHeard && <Text size="xs" c="dimmed">{says.notHeard}</Text>}
      {reasons.length > 0 && (
        <div>
          <Text size="xs" fw={600} c="dimmed" mt={4}>{says.skips}</Text>
          <ul className="plain">{reasons.map(({ fate, reason, n }) => <li key={`${fate}/${reason}`}><Group justify="space-between" wrap="nowrap" gap="xs">{maySee ? <Anchor component={Link} size="sm" {...({ to: '/messages', search: { journey: key, reason } } as object)}>{sayReason(reason, 'SkipReason', 'CancelReason', 'FailReason', 'DoubtReason')}</Anchor> : <Text size="sm">{sayReason(reason, 'SkipReason', 'CancelReason', 'FailReason', 'DoubtReason')}</Text>}<Text size="sm" fw={600} className="numbers fixed">{sayNumber(n)}</Text></Group></li>)}</ul>
        </div>
      )}
    </Card>
  );
}

function Stop({ broadcast: { key, state }, onClose }: { readonly broadcast: Broadcast; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const isScheduled = state === 'scheduled';
  const stop = useMutation({
    mutationFn: () => stopBroadcast(key),
    onSuccess: async () => {
      tellDone(isScheduled ? says.isCancelled : says.isStopped);
      onClose();
      await Promise.all([['broadcasts'], ['broadcast', key], ['journeys']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={isScheduled ? says.cancelIt : says.stopIt} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{isScheduled ? says.sureCancel : says.sureStop}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.close}</Button><Button color="red" loading={stop.isPending} onClick={() => stop.mutate()}>{isScheduled ? says.cancelIt : says.stopIt}</Button></Group>
      </Stack>
    </Modal>
  );
}
