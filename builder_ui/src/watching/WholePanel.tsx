import { Anchor, Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowsDiff, IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { sayExits, sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import { askClock } from '../session/asks';
import { Loading } from '../ui/States';
import { sayNumber, sayShare } from '../words/formats';
import { askDays, type PeopleAsked, type Report } from './asks';
import { JourneyCosts } from './Costs';
import { buildFunnel, came, rank, sumOf } from './funnel';
import { Groups } from './Groups';
import { Messages } from './Messages';
import { Bar, Count, Part } from './parts';
import { sayReason } from './reasons';
import { type Chosen, fillDays, type Range } from './scope';
import { says } from './words';

const Chart = lazy(() => import('./Chart'));
const Compare = lazy(() => import('./Compare'));

export type Shown = {
  readonly name: string;
  readonly journey: Journey;
  readonly report: Report;
  readonly chosen: Chosen;
  readonly range: Range;
  /** Shows whom a figure counts, if one may see people. */
  readonly show: (asked: PeopleAsked, title: string) => (() => void) | undefined;
};

/** What happened in the whole journey. */
export function WholePanel({ shown, live, choose, setChosen }: { readonly shown: Shown; readonly live: number; readonly choose: (node: string) => void; readonly setChosen: (chosen: Chosen) => void }) {
  const { journey, report, show, name } = shown;
  const [compares, setCompares] = useState(false);
  const { title, more } = sayTrigger(journey.trigger);
  const entered = came(report);
  const left = sumOf(report.exited);
  const exits = sayExits(journey);
  return (
    <Stack gap="lg">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color="violet" size={36} radius="md"><IconBolt size={20} stroke={1.8} /></ThemeIcon>
        <div>
          <Title order={2} size="h5">{title}</Title>
          <Text size="xs" c="dimmed">{more}</Text>
        </div>
      </Group>
      <div>
        <div className="watched-figures">
          <Count label={says.entered} value={sayNumber(entered)} open={show({}, says.entered)} />
          <Count label={says.inside} value={sayNumber(report.active)} open={show({ status: 'inside' }, says.inside)} />
          <Count label={says.completed} value={sayNumber(report.completed)} more={sayShare(report.completed, entered)} open={show({ status: 'completed' }, says.completed)} />
          <Count label={says.exited} value={sayNumber(left)} more={sayShare(left, entered)} open={show({ status: 'exited' }, says.exited)} />
          {report.set_aside > 0 && <Count label={says.aside} value={sayNumber(report.set_aside)} open={show({ status: 'set_aside' }, says.aside)} />}
        </div>
        {report.elsewhere > 0 && (
          <Text size="xs" c="dimmed" mt={6}>{says.elsewhere(sayNumber(report.elsewhere))} <Anchor component="button" type="button" size="xs" onClick={() => setChosen('all')}>{says.showAll}</Anchor></Text>
        )}
      </div>
      <Part title={says.goals}>
        {Object.keys(report.goals).length === 0 && <Text size="sm" c="dimmed">{says.noGoals}</Text>}
        {Object.entries(report.goals).map(([goal, { reached, value }]) => (
          <div key={goal}>
            <Bar label={goal} n={reached} of={entered} tone="kept" open={show({ goal }, goal)} />
            {value !== null && <Text size="xs" c="dimmed" px={8}>{says.worth(value)}</Text>}
          </div>
        ))}
      </Part>
      <ByDay name={name} shown={shown} />
      <Part title={says.funnel}>
        <Stack gap={3}>
          {buildFunnel(journey, report).map(({ node, people }) => {
            const found = node === null ? undefined : findNode(journey, node);
            return <Bar key={node ?? ''} label={found ? describeNode(found).title : says.entry} n={people} of={entered} open={node === null ? undefined : () => choose(node)} />;
          })}
        </Stack>
      </Part>
      {left > 0 && (
        <Part title={says.whyLeft}>
          <Stack gap={3}>{rank(report.exited).map(([reason, n]) => <Bar key={reason} label={sayReason('exited', reason)} title={reason} n={n} of={left} whole={entered} tone="left" open={show({ status: 'exited', reason }, sayReason('exited', reason))} />)}</Stack>
        </Part>
      )}
      <Messages journey={journey} report={report} choose={choose} />
      <JourneyCosts journey={journey} report={report} choose={choose} />
      {sumOf(report.refused) > 0 && (
        <Part title={says.notIn}>
          <Stack gap={3}>{rank(report.refused).map(([reason, n]) => <Bar key={reason} label={sayReason('refused', reason)} title={reason} n={n} of={sumOf(report.refused)} tone="left" />)}</Stack>
        </Part>
      )}
      <Groups journey={journey} report={report} />
      {exits.length > 0 && <Part title={says.exits}><Stack gap={6}>{exits.map((one) => <Text key={one} size="sm">{one}</Text>)}</Stack></Part>}
      {live > 1 && <Button variant="default" size="xs" leftSection={<IconArrowsDiff size={15} />} onClick={() => setCompares(true)}>{says.compare}</Button>}
      <Text size="xs" c="dimmed">{says.hint}</Text>
      {compares && <Suspense><Compare name={name} live={live} range={shown.range} close={() => setCompares(false)} /></Suspense>}
    </Stack>
  );
}

function ByDay({ name, shown: { chosen, range, report } }: { readonly name: string; readonly shown: Shown }) {
  const { data: clock } = useQuery(askClock());
  const { data: days } = useQuery(askDays(name, chosen, range));
  if (!days || !clock) return null;
  const filled = fillDays(days, range, clock.now.slice(0, 10), (day) => ({ day, entered: 0, completed: 0, exited: 0, goals: {} }));
  return (
    <Part title={says.byDay}>
      {days.length === 0 ? <Text size="sm" c="dimmed">{says.noDays}</Text> : <Suspense fallback={<Loading />}><Chart days={filled} goals={Object.keys(report.goals)} /></Suspense>}
    </Part>
  );
}
