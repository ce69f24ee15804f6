import { Anchor, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { askNames } from '../fields/asks';
import { sayCondition } from '../graph/words';
import { askCount } from '../rules/asks';
import { askSegments } from '../segments/asks';
import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { sayNumber } from '../words/formats';
import { type Plan, writeAudience } from './plan';
import { says } from './words';

type Props = { readonly plan: Plan; readonly change: (plan: Plan) => void; readonly implied: ReadonlySet<string> };

/** What it is called, and for whom it is. */
export function WhoStep({ plan, change, implied }: Props) {
  const { data: segments } = useQuery(askSegments());
  const { data: names } = useQuery(askNames());
  const { who } = plan;
  const choices = [
    { value: 'segment' as const, label: says.kinds.segment, more: says.kinds.segmentMore },
    { value: 'topic' as const, label: says.kinds.topic, more: says.kinds.topicMore },
    ...(who.kind === 'own' ? [{ value: 'own' as const, label: says.kinds.own, more: sayCondition(who.condition) }] : []),
  ];
  return (
    <Card title={says.steps.who}>
      <TextInput label={says.name} description={says.nameMore} value={plan.name} onChange={({ currentTarget }) => change({ ...plan, name: currentTarget.value })} required maxLength={120} maw={480} data-autofocus />
      <RadioCards label={says.whom} value={who.kind} choices={choices} onChange={(kind) => kind !== who.kind && kind !== 'own' && change({ ...plan, who: { kind, key: '' } })} />
      {who.kind === 'segment' && (
        <>
          <Select label={says.segment} placeholder={says.choose} searchable maw={480} value={who.key || null} onChange={(key) => change({ ...plan, who: { kind: 'segment', key: key ?? '' } })} data={(segments ?? []).map(({ key, name }) => ({ value: key, label: name }))} />
          {segments?.length === 0 && <Text size="sm">{says.noSegments} <Anchor component={Link} to="/segments" size="sm" underline="always">{says.makeSegment}</Anchor></Text>}
        </>
      )}
      {who.kind === 'topic' && (
        <Select label={says.topicOf} placeholder={says.choose} searchable maw={480} value={who.key || null} data={(names?.topics ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(key) => change({ ...plan, who: { kind: 'topic', key: key ?? '' }, topic: plan.topic || (key ?? '') })} />
      )}
      {(who.kind === 'own' || who.key !== '') && <Counted {...{ plan, implied }} />}
    </Card>
  );
}

function Counted({ plan, implied }: Omit<Props, 'change'>) {
  const { data, error } = useQuery(askCount(writeAudience(plan, implied)));
  if (error) return <Text size="sm" c="red">{error.message}</Text>;
  if (!data) return <Text size="sm" c="dimmed" role="status">{says.counting}</Text>;
  if (data.count === null) return <Text size="sm">{data.cannot}</Text>;
  return <Text size="sm" role="status"><Text span inherit fw={700} className="numbers">{data.exact ? says.people(sayNumber(data.count)) : says.peopleAtLeast(sayNumber(data.count))}</Text></Text>;
}
