import { Anchor, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { Contact } from '../api/types';
import type { Node } from '../generated/journey';
import { describeNode } from '../nodes/registry';
import { useNow } from '../questions/useNow';
import { Card } from '../ui/Card';
import { Tag, type TagColor } from '../ui/Tag';
import { sayAgo, sayFully, sayInstant, sayOr } from '../words/formats';
import { sayReason } from '../words/reasons';
import { Actions } from '../watching/Actions';
import { says } from './words';

type Passage = Contact['enrollments'][number];
const COLORS: Readonly<Record<string, TagColor>> = { due: 'indigo', waiting: 'indigo', completed: 'green', exited: 'orange', failed: 'red' };
const OVER = new Set(['completed', 'exited']);
const FEW = 3;

/** The journeys of a contact: where it is in each, and where it was. */
export function Passages({ contact, who }: { readonly contact: Contact; readonly who: string }) {
  const [isAll, setAll] = useState(false);
  const inside = contact.enrollments.filter(({ status }) => !OVER.has(status));
  const past = contact.enrollments.filter(({ status }) => OVER.has(status));
  const shown = [...inside, ...(isAll ? past : past.slice(0, inside.length > 0 ? 0 : FEW))];
  const hidden = contact.enrollments.length - shown.length;
  return (
    <Card title={says.journeys}>
      {contact.enrollments.length === 0 && <Text size="sm" c="dimmed">{says.noJourneys}</Text>}
      <Stack gap="md">{shown.map((passage) => <One key={passage.id} passage={passage} who={who} />)}</Stack>
      {(hidden > 0 || isAll) && <Anchor component="button" type="button" size="sm" onClick={() => setAll(!isAll)}>{isAll ? says.hidePast : says.past(hidden)}</Anchor>}
    </Card>
  );
}

function One({ passage, who }: { readonly passage: Passage; readonly who: string }) {
  const now = useNow();
  const { id, journey, journey_name, status, step, reason, ended_at, entry_key, may_skip, may_eject } = passage;
  const node = describeNode(step as unknown as Node);
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={node.color} size={28} radius="md" mt={2}><node.icon size={15} /></ThemeIcon>
        <div className="grow">
          <Group gap={6} wrap="nowrap" justify="space-between">
            <Anchor component={Link} to={`/journeys/${journey}`} size="sm" fw={600} truncate>{journey_name || journey}</Anchor>
            <Tag color={COLORS[status] ?? 'gray'}>{says.status[status] ?? status}</Tag>
          </Group>
          <Text size="sm" className="wrapped">{node.title}</Text>
          <Text size="xs" c="dimmed" title={sayFully(ended_at ?? passage.wake_at ?? passage.since)}>{[entry_key, ended_at ? sayInstant(ended_at) : sayNext(passage, now), reason ? sayReason(reason) : ''].filter(Boolean).join(' · ')}</Text>
        </div>
        <Group gap={0} wrap="nowrap">
          <Anchor component={Link} to="/journeys/$key" params={{ key: journey } as never} search={{ view: 'watch', person: id } as never} aria-label={says.pathOf(journey_name || journey)} title={says.path} className="target"><IconRoute size={16} /></Anchor>
          <Actions enrollment={id} who={who} maySkip={may_skip} isAside={status === 'failed'} mayEject={may_eject} />
        </Group>
      </Group>
    </div>
  );
}

function sayNext({ wake_at, expects }: Passage, now: number): string {
  if (wake_at === null || Date.parse(wake_at) <= now) return says.due;
  const when = `${sayInstant(wake_at)} (${sayAgo(wake_at, now)})`;
  return expects.length > 0 ? says.waitsFor(sayOr(expects), when) : says.goesOn(when);
}
