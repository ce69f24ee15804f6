import { Anchor, Button, Drawer, Group, Text } from '@mantine/core';
import { IconRoute, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { askClock } from '../session/asks';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { Actions } from './Actions';
import { askPeople, type PeopleAsked, type Person } from './asks';
import { says } from './peopleWords';
import { nameOf, sayWhere } from './sayPerson';
import type { Chosen } from './scope';

/** Whom a figure counts: who they are, where, until when and why. */
export function People({ journey, chosen, asked, title, close, follow }: {
  readonly journey: string;
  readonly chosen: Chosen;
  readonly asked: PeopleAsked;
  readonly title: string;
  readonly close: () => void;
  readonly follow: (enrollment: number) => void;
}) {
  const query = useInfiniteQuery(askPeople(journey, chosen, asked));
  const { data: clock } = useQuery(askClock());
  const now = clock ? Date.parse(clock.now) : 0;
  const people = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Drawer opened onClose={close} position="right" size="md" title={<Text fw={600}>{title}</Text>} closeButtonProps={{ 'aria-label': says.close }}>
      {query.error && !query.data ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data || !clock ? <Loading /> : people.length === 0 ? (
        <Empty icon={IconUsers} title={says.nobody}>{says.nobodyMore}</Empty>
      ) : (
        <>
          <ul className="plain">{people.map((person) => <Row key={`${person.enrollment} ${person.at}`} person={person} now={now} follow={follow} />)}</ul>
          <Older query={query} />
        </>
      )}
    </Drawer>
  );
}

function Row({ person, now, follow }: { readonly person: Person; readonly now: number; readonly follow: (enrollment: number) => void }) {
  const who = nameOf(person);
  const isInside = person.status === 'due' || person.status === 'waiting';
  return (
    <li className="watched-person">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <div className="grow">
          <Group gap={6} wrap="nowrap">
            <Anchor component={Link} to="/contacts/$id" params={{ id: person.contact } as never} size="sm" fw={600} truncate>{who}</Anchor>
            <Tag>{says.version(person.version)}</Tag>
          </Group>
          {person.name && person.email && <Text size="xs" c="dimmed" truncate>{person.email}</Text>}
          <Text size="xs" c="dimmed">{sayWhere(person, now)}</Text>
        </div>
        <Button variant="light" size="compact-xs" className="fixed" leftSection={<IconRoute size={14} />} aria-label={says.pathOf(who)} onClick={() => follow(person.enrollment)}>{says.path}</Button>
        <Actions enrollment={person.enrollment} who={who} maySkip={person.may_skip} isAside={person.status === 'failed'} mayEject={isInside || person.status === 'failed'} />
      </Group>
    </li>
  );
}
