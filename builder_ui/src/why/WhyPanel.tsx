import { ActionIcon, Alert, Box, Code, Collapse, Group, List, NativeSelect, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronRight, IconCircleCheck, IconCircleX, IconClock, IconQuestionMark, IconRefresh, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { JourneyCanvas } from '../canvas/JourneyCanvas';
import type { Mark } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { sayLabel } from '../graph/sayWay';
import { traceTrail } from '../graph/trail';
import { describeNode } from '../nodes/registry';
import { Failure, Loading } from '../ui/States';
import { sayInstant } from '../words/formats';
import { sayReason } from '../words/reasons';
import { askDocument, askWhy, type Explained, type Gate, type Journeyed } from './asks';
import { sayMessage, saySeen, sayStanding, sayVerdict, type Verdict } from './verdict';
import { says } from './words';

const TONES = { good: { color: 'green', icon: IconCircleCheck }, bad: { color: 'orange', icon: IconCircleX }, open: { color: 'blue', icon: IconClock } } as const;

/** Why a contact got what it got of a journey, or did not: every decision, and what it was based on. */
export function WhyPanel({ journey, contact }: {
  /** Its key. */
  readonly journey: string;
  /** An external id, our own id, or an e-mail address. */
  readonly contact: string;
}) {
  const { data: why, error, isFetching, refetch } = useQuery(askWhy(journey, contact));
  const [place, choose] = useState(0);
  const enrollment = why?.enrollments[Math.min(place, (why.enrollments.length || 1) - 1)];
  const version = enrollment?.version ?? why?.journey.version ?? null;
  const { data: document } = useQuery({ ...askDocument(journey, version ?? 0), enabled: version !== null });
  if (error && !why) return <Failure error={error} retry={() => void refetch()} />;
  if (!why || (version !== null && !document)) return <Loading />;
  const title = (key: string) => titleOf(document, key);
  const isPaused = why.journey.state === 'paused';
  return (
    <Stack gap="lg">
      <Answer verdict={sayVerdict(why, title)} why={why} isFetching={isFetching} again={() => void refetch()} />
      {why.enrollments.length > 1 && (
        <NativeSelect size="xs" label={says.enrollment} value={place} onChange={(event) => choose(Number(event.currentTarget.value))}
          data={why.enrollments.map((one, at) => ({ value: String(at), label: `${says.entered(sayInstant(one.entered_at))} · ${says.version(one.version)}${one.entry_key ? ` · ${one.entry_key}` : ''}` }))} />
      )}
      {enrollment && document && <Went document={document} enrollment={enrollment} standing={sayStanding(enrollment, title, isPaused)} />}
      <Section title={says.seen}>
        {why.seen.length === 0 ? <Text size="sm" c="dimmed">{says.seenNone}</Text> : why.seen.map((one) => <Detailed key={one.event} details={one.details}><Text size="sm">{saySeen(one)}</Text></Detailed>)}
        {why.refused && <Detailed details={why.refused.details}><Text size="sm">{says.refusedBefore(sayInstant(why.refused.at), why.refused.times)}: {sayReason(why.refused.reason, 'Refusal')}</Text></Detailed>}
      </Section>
      {why.gates.length > 0 && <Section title={says.enters}>{why.gates.map((gate) => <GateLine key={gate.name} gate={gate} />)}</Section>}
      <Whole text={why.text} />
    </Stack>
  );
}

function Answer({ verdict: { words, tone }, why, isFetching, again }: { readonly verdict: Verdict; readonly why: Explained; readonly isFetching: boolean; readonly again: () => void }) {
  const { color, icon: Picture } = TONES[tone];
  const known = [why.contact.email, why.contact.external_id].filter(Boolean).join(' · ');
  return (
    <div>
      <Alert color={color} variant="light" radius="lg" icon={<Picture size={20} />} role="status"><Text fw={600}>{words}</Text></Alert>
      <Group justify="space-between" mt={6} wrap="nowrap">
        <Text size="xs" c="dimmed" className="wrapped">{[known, says.clock(why.contact.timezone)].filter(Boolean).join(' · ')}</Text>
        <Tooltip label={says.again}><ActionIcon variant="subtle" color="gray" loading={isFetching} aria-label={says.again} onClick={again}><IconRefresh size={16} /></ActionIcon></Tooltip>
      </Group>
    </div>
  );
}

/** The way of one enrollment, drawn and step by step. */
function Went({ document, enrollment: { visits, messages, late, goals, entered_at, version }, standing }: { readonly document: Journey; readonly enrollment: Journeyed; readonly standing: string }) {
  const [chosen, choose] = useState<string | null>(null);
  const marks: Record<string, Mark[]> = {};
  for (const { node, at } of visits) marks[node] = [{ words: sayInstant(at) }];
  for (const { node, state } of messages) marks[node]?.push({ words: says.marksOf[state] ?? state, color: state === 'sent' ? 'green' : 'orange' });
  return (
    <>
      <Section title={says.path}>
        <Text size="sm">{says.entered(sayInstant(entered_at))} · {says.version(version)}</Text>
        <Box h={300} className="framed"><JourneyCanvas journey={document} overlay={{ nodes: marks, lines: {}, trail: traceTrail(document, visits) }} chosen={chosen} choose={choose} /></Box>
        <Text size="sm">{standing}</Text>
      </Section>
      <Section title={says.steps}>
        {visits.map(({ at, node, way, visit, until, details }, place) => (
          <Detailed key={place} details={details} isMarked={node === chosen}>
            <Group gap="xs" justify="space-between" wrap="nowrap" align="baseline">
              <Text size="sm" fw={600} className="wrapped">{titleOf(document, node)}{visit > 1 ? ` (${says.visit(visit)})` : ''}</Text>
              <Text size="xs" c="dimmed" className="numbers fixed">{sayInstant(at)}</Text>
            </Group>
            <Text size="sm">{way === null ? (until === null ? says.stayed : says.waited(sayInstant(until))) : way === 'next' ? says.went : says.wentBy(sayLabel(way))}</Text>
          </Detailed>
        ))}
      </Section>
      {messages.length > 0 && (
        <Section title={says.messages}>
          {messages.map((message) => {
            const became = (['delivered', 'opened', 'clicked', 'bounced'] as const).filter((mark) => message[`${mark}_at`] !== null).map((mark) => `${says.marks[mark]} ${sayInstant(message[`${mark}_at`])}`);
            return <Detailed key={message.id} details={message.details ? [message.details] : []}><Text size="sm">{sayMessage(message)}</Text>{became.length > 0 && <Text size="xs" c="dimmed">{became.join(' · ')}</Text>}</Detailed>;
          })}
        </Section>
      )}
      {late.length > 0 && <Section title={says.late}>{late.map((one) => <Text key={one.event} size="sm">{says.lateSays(one.name, sayInstant(one.occurred_at), sayInstant(one.received_at))}</Text>)}</Section>}
      {goals.length > 0 && <Section title={says.goals}>{goals.map(({ goal, at }) => <Group key={goal} justify="space-between"><Text size="sm">{goal}</Text><Text size="xs" c="dimmed">{sayInstant(at)}</Text></Group>)}</Section>}
    </>
  );
}

const SIGNS = { yes: { icon: IconCheck, color: 'green', words: says.yes }, no: { icon: IconX, color: 'red', words: says.no }, open: { icon: IconQuestionMark, color: 'gray', words: says.open_ } } as const;

function GateLine({ gate: { name, passes, reason, details } }: { readonly gate: Gate }) {
  const { icon: Picture, color, words } = SIGNS[passes === null ? 'open' : passes ? 'yes' : 'no'];
  return (
    <Detailed details={details}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Picture size={16} color={`var(--mantine-color-${color}-6)`} aria-hidden className="fixed" />
        <Text size="sm">{says.gates[name] ?? name}: {words}{passes === false && reason && name !== 'live' ? ` (${sayReason(reason, 'Refusal', 'SkipReason')})` : ''}</Text>
      </Group>
    </Detailed>
  );
}

/** Something with what it was based on, shown when asked for. */
function Detailed({ details, isMarked = false, children }: { readonly details: readonly string[]; readonly isMarked?: boolean; readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Box px="xs" py={4} className={isMarked ? 'choice chosen' : undefined}>
      {children}
      {details.length > 0 && (
        <>
          <UnstyledButton mih={24} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}><Group gap={4}><IconChevronRight size={13} style={{ transform: isOpen ? 'rotate(90deg)' : 'none' }} /><Text size="xs" c="dimmed">{says.details}</Text></Group></UnstyledButton>
          <Collapse expanded={isOpen}><List size="xs" c="dimmed" listStyleType="none" pl="sm">{details.map((line, row) => <List.Item key={row} className="wrapped" style={{ paddingLeft: 8 * (line.length - line.trimStart().length) }}>{line}</List.Item>)}</List></Collapse>
        </>
      )}
    </Box>
  );
}

function Whole({ text }: { readonly text: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton mih={24} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}><Text size="sm" c="dimmed">{says.all}</Text></UnstyledButton>
      <Collapse expanded={isOpen}><Code block fz={12} lang="en">{text}</Code></Collapse>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack component="section" gap={4} aria-label={title}>
      <Text size="xs" fw={600} c="dimmed">{title}</Text>
      {children}
    </Stack>
  );
}

function titleOf(document: Journey | undefined, key: string): string {
  const node = document && findNode(document, key);
  return node ? describeNode(node).title : key;
}
