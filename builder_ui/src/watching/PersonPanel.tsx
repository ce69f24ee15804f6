import { Alert, Anchor, Button, Group, Stack, Text, Timeline, Title, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconBolt, IconFlag } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { sayLabel } from '../graph/sayWay';
import { describeNode } from '../nodes/registry';
import { colorText, Tag, type TagColor } from '../ui/Tag';
import { sayInstant, saySeconds } from '../words/formats';
import { Actions } from './Actions';
import type { Whole } from './asks';
import { Part } from './parts';
import { says } from './peopleWords';
import { sayReason } from './reasons';
import { nameOf } from './sayPerson';
import type { Step } from './trail';

const COLORS: Readonly<Record<Whole['status'], TagColor>> = { due: 'indigo', waiting: 'indigo', completed: 'green', exited: 'orange', failed: 'red' };
/** Marks that a message may bear, in the order in which they come. */
const MARKS = ['delivered', 'opened', 'clicked', 'bounced'] as const;

/** A person's path: every step with when, how long and why; what was sent; what a colleague may do. */
export function PersonPanel({ whole, journey, steps, chosen, choose, back }: {
  readonly whole: Whole;
  readonly journey: Journey;
  readonly steps: readonly Step[];
  readonly chosen: string | null;
  readonly choose: (node: string) => void;
  readonly back: () => void;
}) {
  const who = nameOf({ name: whole.name, email: whole.contact.email, external_id: whole.contact.external_id });
  return (
    <Stack gap="lg">
      <div>
        <Button variant="subtle" size="compact-xs" mb="xs" leftSection={<IconArrowLeft size={14} />} onClick={back}>{says.back}</Button>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Title order={2} size="h5"><Anchor component={Link} to="/contacts/$id" params={{ id: whole.contact.id } as never} inherit>{who}</Anchor></Title>
            <Text size="xs" c="dimmed">{[who === whole.contact.email ? null : whole.contact.email, says.version(whole.version), whole.entry_key ? says.key(whole.entry_key) : null].filter(Boolean).join(' · ')}</Text>
          </div>
          <Actions enrollment={whole.id} who={who} maySkip={whole.may_skip} isAside={whole.status === 'failed'} mayEject={whole.may_eject} />
        </Group>
        <Group gap={6} mt="xs">
          <Tag color={COLORS[whole.status]}>{says.status[whole.status]}</Tag>
          {whole.status === 'exited' && <Text size="sm">{sayReason('exited', whole.reason ?? '')}</Text>}
          {whole.until !== null && <Text size="sm">→ {sayInstant(whole.until)}</Text>}
        </Group>
        {whole.status === 'failed' && <Alert mt="xs" color="red" p="xs">{whole.reason}</Alert>}
      </div>
      <Part title={says.steps}>
        <Timeline bulletSize={24} lineWidth={2} active={-1}>
          <Timeline.Item bullet={<IconBolt size={13} />} title={<Text size="sm" fw={600}>{says.entered}</Text>}><Text size="xs" c="dimmed">{sayInstant(whole.entered_at)}</Text></Timeline.Item>
          {steps.map((step, place) => <Stay key={place} step={step} journey={journey} isLast={place === steps.length - 1} isOver={whole.ended_at !== null} isChosen={step.node === chosen} messages={whole.messages.filter(({ node, visit }) => node === step.node && visit === step.visit)} choose={choose} />)}
          {whole.status === 'completed' && <Timeline.Item bullet={<IconFlag size={13} />} title={<Text size="sm" fw={600}>{says.end}</Text>}><Text size="xs" c="dimmed">{sayInstant(whole.ended_at)}</Text></Timeline.Item>}
        </Timeline>
      </Part>
      {whole.goals.length > 0 && (
        <Part title={says.goals}>{whole.goals.map(({ goal, at, value }) => <Group key={goal} justify="space-between" wrap="nowrap"><Text size="sm">{goal}</Text><Text size="xs" c="dimmed">{sayInstant(at)}{value ? ` · ${says.worth(value)}` : ''}</Text></Group>)}</Part>
      )}
      {whole.late.length > 0 && <Part title={says.late}>{whole.late.map(({ event, name, occurred_at }) => <Text key={event} size="sm">{name} · {sayInstant(occurred_at)}</Text>)}</Part>}
    </Stack>
  );
}

function Stay({ step, journey, isLast, isOver, isChosen, messages, choose }: {
  readonly step: Step;
  readonly journey: Journey;
  readonly isLast: boolean;
  readonly isOver: boolean;
  readonly isChosen: boolean;
  readonly messages: Whole['messages'];
  readonly choose: (node: string) => void;
}) {
  const node = findNode(journey, step.node);
  const shown = node && describeNode(node);
  const Picture = shown?.icon ?? IconBolt;
  return (
    <Timeline.Item bullet={<Picture size={13} />} {...(shown ? { color: shown.color } : {})}
      title={<UnstyledButton onClick={() => choose(step.node)} aria-pressed={isChosen}><Text size="sm" fw={600}>{shown?.title ?? step.node}</Text></UnstyledButton>}>
      <Text size="xs" c="dimmed">{sayInstant(step.from)}{step.visit > 1 ? ` · ${says.again(step.visit)}` : ''} · {saySent(step, isLast, isOver)}</Text>
      {messages.map(({ id, channel, state, reason, ...marks }) => (
        <Text key={id} size="xs" c={state === 'sent' ? 'dimmed' : colorText(state === 'failed' ? 'red' : 'orange')}>
          {says.letter(says.channels[channel] ?? channel, [says.states[state] ?? state, ...(reason ? [sayReason(state === 'skipped' || state === 'cancelled' || state === 'uncertain' ? state : 'failed', reason)] : []), ...MARKS.filter((mark) => marks[`${mark}_at`] !== null).map((mark) => says[mark])].join(' · '))}
        </Text>
      ))}
      {messages.length === 0 && step.details.map((line, place) => <Text key={place} size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{line}</Text>)}
    </Timeline.Item>
  );
}

function saySent({ way, from, to }: Step, isLast: boolean, isOver: boolean): string {
  if (way === null) return isLast && !isOver ? says.stays : '';
  const length = to === null ? 0 : (Date.parse(to) - Date.parse(from)) / 1000;
  return [way === 'next' ? says.wentOn : says.way(sayLabel(way)), ...(length >= 1 ? [says.after(saySeconds(length))] : [])].join(' ');
}
