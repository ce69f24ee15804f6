import { Alert, Anchor, Button, Grid, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { Problem } from '../api/types';
import { askPools } from '../coupons/asks';
import { rephrase } from '../editing/problemWords';
import { askNames } from '../fields/asks';
import type { Journey } from '../generated/journey';
import { useMay } from '../session/asks';
import { LetterThumbnail } from '../templates/LetterThumbnail';
import { PartsSpread } from '../templates/PartsSpread';
import { says as spread } from '../templates/partsSpread';
import { Card } from '../ui/Card';
import { Failure } from '../ui/States';
import { sayNumber } from '../words/formats';
import { sayReason } from '../words/reasons';
import { askProblems, askReach, type Reach } from './asks';
import { listShort, type Short } from './codes';
import { Facts } from './Facts';
import { sayWall } from './parts';
import { type Channel, isProven, type Plan, writeAudience, writeProof } from './plan';
import { nameOf, sayWho } from './sayWho';
import { says } from './words';

/** Everything once more, what stands against it, and the button that sends it. */
export function CheckStep({ plan, broadcastKey, document, implied, isSending, send }: {
  readonly plan: Plan;
  readonly broadcastKey: string;
  readonly document: Journey;
  readonly implied: ReadonlySet<string>;
  readonly isSending: boolean;
  readonly send: () => void;
}) {
  const maySend = useMay('journeys:publish');
  const audience = writeAudience(plan, implied);
  const reach = useQuery(askReach(audience, plan));
  const { data: problems, error } = useQuery(askProblems(broadcastKey, document));
  const { data: names } = useQuery(askNames());
  const { data: pools } = useQuery(askPools());
  const [isAsking, setAsking] = useState(false);
  const short = reach.data ? listShort(pools ?? [], plan.template, reach.data.reached) : [];
  const isBroken = problems === undefined || problems.some(({ severity }) => severity === 'error');
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack>
          <Card title={says.summary}>
            <Facts rows={[
              [says.name, plan.name.trim()], [says.audience, sayWho(plan.who, names)], [says.messages[plan.channel], nameOf(names?.templates, plan.template)], [says.topic, nameOf(names?.topics, plan.topic) || '–'], [says.class, says.classes[plan.messageClass]],
              [says.when, plan.when.kind === 'now' ? says.now : plan.when.zone === 'contact' ? says.ownClock(sayWall(plan.when.wall)) : says.inZone(sayWall(plan.when.wall), plan.when.zone)],
            ]} />
          </Card>
          <Card title={says.reach}>{reach.error ? <Failure error={reach.error} retry={() => void reach.refetch()} /> : !reach.data ? <Text size="sm" c="dimmed" role="status">{says.counting}</Text> : <Reached reach={reach.data} channel={plan.channel} />}</Card>
          {plan.channel === 'sms' && <Card title={spread.title}><PartsSpread template={plan.template} audience={audience} reached={reach.data?.reached} /></Card>}
          <Card title={says.checks}>{error ? <Failure error={error} /> : <Checked problems={problems} short={short} reached={reach.data?.reached ?? null} />}</Card>
          {maySend ? (
            <Group justify="flex-end"><Button size="md" leftSection={<IconSend size={18} />} disabled={isBroken || !reach.data} loading={isSending} onClick={() => setAsking(true)}>{plan.when.kind === 'now' ? says.send : says.schedule}</Button></Group>
          ) : <Alert color="gray" variant="light">{says.mayNot}</Alert>}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}><Card title={says.preview}><LetterThumbnail templateKey={plan.template} /></Card></Grid.Col>
      {isAsking && reach.data && <Sure plan={plan} broadcastKey={broadcastKey} reached={reach.data.reached} onClose={() => setAsking(false)} send={() => { setAsking(false); send(); }} />}
    </Grid>
  );
}

function Reached({ reach: { audience, reached, skipped, margin }, channel }: { readonly reach: Reach; readonly channel: Channel }) {
  if (audience === null || reached === null) return <Text size="sm">{says.cannotCount}</Text>;
  const reasons = Object.entries(skipped).toSorted(([, one], [, other]) => other - one);
  return (
    <>
      <Group gap="xs" align="baseline"><Text fz={30} fw={700} lh={1.2} className="numbers">{sayNumber(reached)}</Text><Text size="sm" c="dimmed">{says.ofAudience(sayNumber(audience))}</Text></Group>
      {reached === 0 && <Alert color="orange" variant="light">{says.nobody}</Alert>}
      {reasons.length === 0 ? <Text size="sm">{says.noSkips}</Text> : (
        <div>
          <Text size="xs" fw={600} c="dimmed">{says.skips}</Text>
          <ul className="plain">
            {reasons.map(([reason, n]) => <li key={reason}><Group justify="space-between" wrap="nowrap" gap="xs"><Text size="sm">{(channel === 'push' && says.ofBrowsers[reason]) || sayReason(reason, 'SkipReason')}</Text><Text size="sm" fw={600} className="numbers fixed">{sayNumber(n)}</Text></Group></li>)}
          </ul>
        </div>
      )}
      {margin > 0 && <Text size="xs">{says.sampled(sayNumber(margin))}</Text>}
      <Text size="xs" c="dimmed">{says.atHandOver}</Text>
    </>
  );
}

function Checked({ problems, short, reached }: { readonly problems: readonly Problem[] | undefined; readonly short: readonly Short[]; readonly reached: number | null }) {
  if (!problems) return <Text size="sm" c="dimmed" role="status">{says.counting}</Text>;
  const isBroken = problems.some(({ severity }) => severity === 'error');
  return (
    <>
      <Group gap="xs" role="status">
        {isBroken ? <IconCircleX size={18} color="var(--mantine-color-red-6)" aria-hidden /> : <IconCircleCheck size={18} color="var(--mantine-color-green-6)" aria-hidden />}
        <Text size="sm" fw={600}>{isBroken ? says.failed : problems.length + short.length > 0 ? says.warnings : says.passed}</Text>
      </Group>
      {problems.map((problem) => rephrase(problem)).map(({ message, severity }, place) => (
        <Group key={place} gap={6} wrap="nowrap" align="flex-start">
          {severity === 'error' ? <IconCircleX size={15} className="fixed" color="var(--mantine-color-red-6)" aria-hidden /> : <IconAlertTriangle size={15} className="fixed" color="var(--mantine-color-yellow-7)" aria-hidden />}
          <Text size="sm" className="wrapped">{message}</Text>
        </Group>
      ))}
      {short.map(({ name, left }) => (
        <Group key={name} gap={6} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={15} className="fixed" color="var(--mantine-color-yellow-7)" aria-hidden />
          <Text size="sm" className="wrapped">{says.shortOf(name, left, reached === null ? null : sayNumber(reached))} <Anchor component={Link} to={`/coupons/${name}`} size="sm" underline="always">{says.addCodes}</Anchor></Text>
        </Group>
      ))}
    </>
  );
}

function Sure({ plan, broadcastKey, reached, onClose, send }: { readonly plan: Plan; readonly broadcastKey: string; readonly reached: number | null; readonly onClose: () => void; readonly send: () => void }) {
  const [typed, setTyped] = useState('');
  const proof = writeProof(reached, broadcastKey);
  const many = reached === null ? '…' : sayNumber(reached);
  const isNow = plan.when.kind === 'now';
  const isSure = isProven(typed, proof);
  return (
    <Modal opened onClose={onClose} title={isNow ? says.send : says.schedule} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isSure) send(); }}>
        <Stack>
          <Text size="sm">{reached === null ? says.sureKey : says.sure} <Text span inherit fw={700} className="numbers">{reached === null ? proof : many}</Text></Text>
          <TextInput label={says.type(proof)} value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} autoComplete="off" inputMode={reached === null ? 'text' : 'numeric'} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={!isSure} leftSection={<IconSend size={16} />}>{isNow ? says.sendTo(many) : says.scheduleFor(many)}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
