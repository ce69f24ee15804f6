import { Anchor, Button, Code, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { findNode, pathsOf } from '../graph/paths';
import type { Node } from '../generated/journey';
import { sayChannel } from '../nodes/parts/channels';
import { describeNode } from '../nodes/registry';
import { useMay } from '../session/asks';
import { sayNumber, sayShare } from '../words/formats';
import type { MessageFigures, PeopleAsked } from './asks';
import { triesSeveral } from './byChannel';
import { StepCosts } from './Costs';
import { rank, sumOf } from './funnel';
import { Bar, Count, Part } from './parts';
import { type ReasonList, sayReason } from './reasons';
import type { Shown } from './WholePanel';
import { says } from './words';

const FATES = ['sent', 'delivered', 'opened', 'clicked', 'replied', 'bounced', 'queued', 'skipped', 'cancelled', 'failed', 'uncertain'] as const;
const BAD: ReadonlySet<string> = new Set(['bounced', 'skipped', 'cancelled', 'failed', 'uncertain']);

/** What happened at one step. */
export function NodePanel({ shown: { journey, report, show }, chosen, back }: { readonly shown: Shown; readonly chosen: string; readonly back: () => void }) {
  const node = findNode(journey, chosen);
  if (node === undefined) return null;
  const { icon: Picture, color, name, title, more } = describeNode(node);
  const figures = report.nodes[chosen];
  const messages = report.messages[chosen];
  const gone = figures ? sumOf(figures.paths) : 0;
  return (
    <Stack gap="lg">
      <div>
        <Button variant="subtle" size="compact-xs" mb="xs" leftSection={<IconArrowLeft size={14} />} onClick={back}>{says.back}</Button>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color={color} size={36} radius="md"><Picture size={20} stroke={1.8} /></ThemeIcon>
          <div>
            <Title order={2} size="h5">{title}</Title>
            <Text size="xs" c="dimmed">{name} · {chosen}{more ? ` · ${more}` : ''}</Text>
          </div>
        </Group>
      </div>
      {figures && (
        <div className="watched-figures">
          <Count label={says.entered} value={sayNumber(figures.entered)} more={sayShare(figures.entered, report.entered + report.moved_in)} />
          <Count label={says.here} value={sayNumber(figures.waiting)} open={show({ node: chosen, status: 'inside' }, `${says.here}: ${title}`)} />
          {figures.moved_in > 0 && <Count label={says.movedIn} value={sayNumber(figures.moved_in)} />}
          {figures.completed > 0 && <Count label={says.ended} value={sayNumber(figures.completed)} open={show({ node: chosen, status: 'completed' }, `${says.ended}: ${title}`)} />}
          {figures.set_aside > 0 && <Count label={says.aside} value={sayNumber(figures.set_aside)} open={show({ node: chosen, status: 'set_aside' }, `${says.aside}: ${title}`)} />}
        </div>
      )}
      {figures && pathsOf(node).length > 1 && (
        <Part title={says.ways}><Stack gap={3}>{pathsOf(node).map(({ label }) => <Bar key={label} label={label} n={figures.paths[label] ?? 0} of={gone} />)}</Stack></Part>
      )}
      {figures && sumOf(figures.exited) > 0 && (
        <Part title={says.whyLeft}>
          <Stack gap={3}>{rank(figures.exited).map(([reason, n]) => <Bar key={reason} label={sayReason('exited', reason)} title={reason} n={n} of={figures.entered + figures.moved_in} tone="left" open={show({ node: chosen, status: 'exited', reason }, `${sayReason('exited', reason)}: ${title}`)} />)}</Stack>
        </Part>
      )}
      {messages && triesSeveral(messages) && <ByChannel node={node} messages={messages} />}
      {messages && <Fates journey={journey.key} node={chosen} title={title} messages={messages} show={show} />}
      {messages && <StepCosts costs={messages.costs} />}
      <details>
        <summary><Text span size="xs" c="dimmed">{says.settings}</Text></summary>
        <Code block fz={12} mt={6}>{JSON.stringify(node, null, 2)}</Code>
      </details>
    </Stack>
  );
}

/** By which channel how many got it, in the order in which the step tries them. */
function ByChannel({ node, messages: { channels, sent } }: { readonly node: Node; readonly messages: MessageFigures }) {
  const order = node.kind === 'send_first' ? node.tries.map(({ channel }) => channel as string) : [];
  const shown = Object.entries(channels).toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  const some = (n: number) => (n > 0 ? sayNumber(n) : '');
  return (
    <Part title={says.byChannel}>
      <Stack gap={3}>
        {shown.map(([channel, figures]) => (
          <div key={channel}>
            <Bar label={sayChannel(channel)} n={figures.sent} of={sent} />
            <Text size="xs" c="dimmed" ml={8}>{says.tried(sayNumber(figures.sent), some(figures.skipped), some(figures.failed))}</Text>
          </div>
        ))}
      </Stack>
    </Part>
  );
}

function Fates({ journey, node, title, messages, show }: { readonly journey: string; readonly node: string; readonly title: string; readonly messages: MessageFigures; readonly show: Shown['show'] }) {
  const of = messages.sent + messages.queued + messages.skipped + messages.cancelled + messages.failed + messages.uncertain;
  const maySee = useMay('contacts:read');
  return (
    <Part title={says.messages}>
      {maySee && <Anchor component={Link} size="xs" {...({ to: '/messages', search: { journey, node } } as object)}>{says.eachMessage}</Anchor>}
      <Stack gap={3}>
        {FATES.filter((fate) => fate === 'sent' || messages[fate] > 0).map((fate) => {
          const asked: PeopleAsked = { node, message: fate };
          const label = fate === 'sent' && messages.channel === 'webhook' ? says.answered : says[fate];
          return (
            <div key={fate}>
              <Bar label={label} n={messages[fate]} of={of} tone={BAD.has(fate) ? 'left' : ''} open={messages[fate] ? show(asked, `${label}: ${title}`) : undefined} />
              {rank(messages.reasons[fate] ?? {}).map(([reason, n]) => <Reason key={reason} fate={fate} reason={reason} n={n} open={show({ ...asked, reason }, `${sayReason(fate as ReasonList, reason)}: ${title}`)} />)}
            </div>
          );
        })}
      </Stack>
    </Part>
  );
}

function Reason({ fate, reason, n, open }: { readonly fate: string; readonly reason: string; readonly n: number; readonly open: (() => void) | undefined }) {
  const words = `${sayNumber(n)} ${sayReason(fate as ReasonList, reason)}`;
  return open ? <Button variant="subtle" color="gray" size="compact-xs" ml={8} onClick={open} title={reason}>{words}</Button> : <Text size="xs" c="dimmed" ml={16} title={reason}>{words}</Text>;
}
