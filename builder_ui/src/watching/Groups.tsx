import { Group, Stack, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Tag } from '../ui/Tag';
import { sayInstant, sayNumber, sayShare } from '../words/formats';
import type { Report } from './asks';
import { lift, rank, sumOf } from './funnel';
import { Bar, Part } from './parts';
import { says } from './words';

type Experiment = Report['experiments'][string];
/** What the server keeps of the test that decided (engine.journeys.running.winning). */
type Test = { readonly reason?: 'better' | 'no_difference' | 'too_few'; readonly compared?: readonly { readonly with: string; readonly p: number }[] };

/** Groups of people held against one another: the arms of experiments, and those held out. */
export function Groups({ journey, report }: { readonly journey: Journey; readonly report: Report }) {
  return (
    <>
      {Object.entries(report.experiments).map(([node, experiment]) => {
        const found = findNode(journey, node);
        return <Arms key={node} title={`${says.experiment}: ${found ? describeNode(found).title : node}`} experiment={experiment} goal={found?.kind === 'split' ? found.winner?.goal : undefined} />;
      })}
      {report.holdout && <Holdout holdout={report.holdout} />}
    </>
  );
}

function Arms({ title, experiment, goal }: { readonly title: string; readonly experiment: Experiment; readonly goal: string | undefined }) {
  const arms = Object.entries(experiment.arms);
  const goals = goal === undefined ? Object.keys(arms[0]?.[1].goals ?? {}) : [goal];
  const most = Math.max(0, ...arms.map(([, { people }]) => people));
  return (
    <Part title={title}>
      <Stack gap={6}>
        {arms.map(([label, { people, control, goals: reached }]) => (
          <div key={label}>
            <Group gap={6} wrap="nowrap">
              <Text size="sm" fw={600} truncate>{label}</Text>
              {control && <Tag>{says.control}</Tag>}
              {experiment.winner === label && <Tag color="green">✓</Tag>}
              <Text size="xs" c="dimmed" className="fixed">{says.people(people, sayNumber(people))}</Text>
            </Group>
            {goals.map((name) => <Bar key={name} label={name} n={reached[name] ?? 0} of={Math.max(most, 1)} whole={people} tone="kept" />)}
          </div>
        ))}
        <Text size="xs" c="dimmed">{sayVerdict(experiment, goal)}</Text>
        {rank(experiment.reassigned).map(([arm, n]) => <Text key={arm} size="xs" c="dimmed">{says.reassigned(sayNumber(n), arm)}</Text>)}
      </Stack>
    </Part>
  );
}

function sayVerdict(experiment: Experiment, goal: string | undefined): string {
  const { decided_at: decided, winner, ends_at: ends } = experiment;
  if (decided === null) {
    if (ends !== null) return says.noWinner(sayInstant(ends));
    return goal === undefined || sumOf(Object.fromEntries(Object.entries(experiment.arms).map(([arm, { people }]) => [arm, people]))) > 0 ? says.open : says.notBegun;
  }
  const test = (experiment.test ?? {}) as Test;
  const when = sayInstant(decided);
  if (test.reason === 'too_few') return says.tooFew(when);
  if (winner === null) return says.undecided(when);
  if (test.reason !== 'better') return says.fallback(winner, when);
  return [says.winner(winner, when), ...(test.compared ?? []).map(({ with: other, p }) => says.chance(sayChance(p), other))].join(' ');
}

function sayChance(p: number): string {
  return p < 0.001 ? '< 0.1 %' : sayShare(p, 1);
}

function Holdout({ holdout }: { readonly holdout: NonNullable<Report['holdout']> }) {
  const treated = holdout['treated'];
  const out = holdout['held_out'];
  const groups = [[says.treated, treated], [says.heldOut, out], [says.everywhere, holdout['everywhere']]] as const;
  const goals = Object.keys(treated?.goals ?? {});
  const lifts = treated && out ? goals.map((goal) => [goal, lift({ people: treated.people, reached: treated.goals[goal] ?? 0 }, { people: out.people, reached: out.goals[goal] ?? 0 })] as const).filter((one): one is readonly [string, number] => one[1] !== null) : [];
  return (
    <Part title={says.holdout}>
      <Stack gap={6}>
        {groups.map(([label, group]) => group && group.people > 0 && (
          <div key={label}>
            <Group gap={6} wrap="nowrap"><Text size="sm" fw={600}>{label}</Text><Text size="xs" c="dimmed">{says.people(group.people, sayNumber(group.people))}</Text></Group>
            {goals.map((goal) => <Bar key={goal} label={goal} n={group.goals[goal] ?? 0} of={group.people} tone="kept" />)}
          </div>
        ))}
        {lifts.length === 0 ? <Text size="xs" c="dimmed">{says.noLift}</Text> : lifts.map(([goal, by]) => <Text key={goal} size="sm">{says.lift(goal, sayLift(by))}</Text>)}
      </Stack>
    </Part>
  );
}

function sayLift(by: number): string {
  if (Math.abs(by) < 0.001) return says.same;
  return by > 0 ? says.better(sayShare(by, 1)) : says.worse(sayShare(-by, 1));
}
