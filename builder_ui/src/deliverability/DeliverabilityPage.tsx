import { Alert, Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant, sayNumber, sayShare } from '../words/formats';
import { askDeliverability, checkSenders, type Deliverability, type DomainShown, resumeMarketing, type SenderShown } from './asks';
import { says } from './words';

const COLORS = { good: 'green', missing: 'orange', wrong: 'red', unknown: 'gray', hard: 'red', soft: 'orange', policy: 'grape' } as const;

/** What becomes of letters, domain by domain, and what hinders them. */
export function DeliverabilityPage() {
  const { data, error, refetch } = useQuery(askDeliverability());
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={says.title} more={says.more(sayNumber(data.days))}>
      <Stack gap="lg">
        <Marketing marketing={data.marketing} />
        <Domains data={data} />
        <Senders senders={data.senders} />
        <Refusals refusals={data.refusals} />
        <Sources data={data} />
      </Stack>
    </Page>
  );
}

function Marketing({ marketing: { sends, bounces, complaints, held_at } }: Pick<Deliverability, 'marketing'>) {
  const mayAct = useMay('journeys:publish');
  const queries = useQueryClient();
  const resume = useMutation({
    mutationFn: resumeMarketing,
    onSuccess: () => {
      tellDone(says.resumed);
      return Promise.all([queries.invalidateQueries({ queryKey: ['deliverability'] }), queries.invalidateQueries({ queryKey: ['overview'] })]);
    },
    onError: tellFailure,
  });
  return (
    <Card title={says.marketing} actions={<Tag color={held_at ? 'red' : 'green'}>{held_at ? says.held : says.goesOn}</Tag>}>
      <Text size="sm">{says.figures(sayNumber(sends), sayNumber(bounces), sayNumber(complaints))}</Text>
      {held_at ? (
        <Alert color="red" variant="light">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{says.heldMore(sayInstant(held_at))}</Text>
            {mayAct ? <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate()}>{says.resume}</Button> : <Text size="sm">{says.ask}</Text>}
          </Stack>
        </Alert>
      ) : <Text size="xs" c="dimmed">{says.limits}</Text>}
    </Card>
  );
}

function Domains({ data: { total, domains } }: { readonly data: Deliverability }) {
  return (
    <Card title={says.domains}>
      {domains.length === 0 ? <Empty icon={IconMailCheck} title={says.nothing}>{says.nothingMore}</Empty> : (
        <Table verticalSpacing="xs" horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr><Table.Th>{says.domain}</Table.Th><Table.Th ta="right">{says.sent}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.delivered}</Table.Th><Table.Th ta="right">{says.bounced}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.complained}</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>{[total, ...domains].map((one) => <Row key={one.domain} one={one} />)}</Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function Row({ one: { domain, sent, delivered, hard, soft, policy, complained } }: { readonly one: DomainShown }) {
  const bounced = hard + soft + policy;
  return (
    <Table.Tr>
      <Table.Td className="wrapped"><Text size="sm" fw={domain ? 400 : 600}>{domain || says.all}</Text></Table.Td>
      <Table.Td ta="right" className="numbers">{sayNumber(sent)}</Table.Td>
      <Table.Td ta="right" className="numbers" visibleFrom="sm"><Figure n={delivered} of={sent} /></Table.Td>
      <Table.Td ta="right" className="numbers"><Figure n={bounced} of={sent} />{bounced > 0 && <Text size="xs" c="dimmed" visibleFrom="sm">{says.kinds(sayNumber(hard), sayNumber(soft), sayNumber(policy))}</Text>}</Table.Td>
      <Table.Td ta="right" className="numbers" visibleFrom="sm"><Figure n={complained} of={sent} /></Table.Td>
    </Table.Tr>
  );
}

function Figure({ n, of }: { readonly n: number; readonly of: number }) {
  return <>{sayNumber(n)}{n > 0 && of > 0 && <Text span inherit c="dimmed"> ({sayShare(n, of)})</Text>}</>;
}

function Senders({ senders }: Pick<Deliverability, 'senders'>) {
  const mayAct = useMay('journeys:publish');
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: checkSenders,
    onSuccess: () => {
      tellDone(says.checked);
      return queries.invalidateQueries({ queryKey: ['deliverability'] });
    },
    onError: tellFailure,
  });
  return (
    <Card title={says.senders} actions={mayAct && <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate()}>{says.check}</Button>}>
      {senders.map((sender) => <Sender key={sender.domain} sender={sender} />)}
    </Card>
  );
}

function Sender({ sender: { domain, checked_at, is_aligned, checks } }: { readonly sender: SenderShown }) {
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text size="sm" fw={600} className="wrapped">{domain}</Text>
        {checked_at === null ? <Tag>{says.neverChecked}</Tag> : <Tag color={is_aligned ? 'green' : 'red'}>{is_aligned ? says.good : says.bad}</Tag>}
        {checked_at !== null && <Text size="xs" c="dimmed">{says.checkedAt(sayInstant(checked_at))}</Text>}
      </Group>
      <ul className="plain lines">
        {checks.map(({ kind, name, state, found, wanted }) => (
          <li key={name + kind}>
            <Stack gap={4} py={6}>
              <Group gap="xs"><Text size="sm" fw={600}>{kind.toUpperCase()}</Text><Tag color={COLORS[state]}>{says.states[state]}</Tag><Code className="wrapped">{name}</Code></Group>
              {found.map((record) => <Text key={record} size="xs" className="wrapped">{says.found}: <Code className="wrapped">{record}</Code></Text>)}
              {state !== 'good' && state !== 'unknown' && <Text size="xs" className="wrapped">{kind !== 'dkim' && found.length > 1 ? says.onlyOne : wanted ? <>{says.wanted}: <Code className="wrapped">{wanted}</Code></> : says.byCarrier}</Text>}
            </Stack>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Refusals({ refusals }: Pick<Deliverability, 'refusals'>) {
  return (
    <Card title={says.refusals}>
      {refusals.length === 0 ? <Text size="sm" c="dimmed">{says.noRefusals}</Text> : (
        <ul className="plain lines">
          {refusals.map(({ id, at, domain, bounce, code, words }) => (
            <li key={id}>
              <Group gap="xs" py={6} wrap="wrap"><Tag color={COLORS[bounce]}>{says.bounces[bounce]}</Tag><Text size="sm" fw={600}>{domain}</Text><Text size="xs" c="dimmed">{sayInstant(at)}</Text></Group>
              <Text size="sm" className="wrapped">{code && !words.includes(code) ? `${code} ${words}` : words}</Text>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Sources({ data: { sources, hook } }: { readonly data: Deliverability }) {
  return (
    <Card title={says.sources}>
      {sources.length === 0 && <Text size="sm" c="dimmed">{says.noSources}</Text>}
      {sources.map(({ account, provider, heard_at, taken, strays }) => (
        <Group key={account} gap="xs">
          <Text size="sm" fw={600}>{account}</Text>{provider && <Tag>{provider}</Tag>}
          <Text size="sm" c="dimmed">{[heard_at ? says.heard(sayInstant(heard_at)) : says.never, says.taken(sayNumber(taken)), ...(strays ? [says.strays(sayNumber(strays))] : [])].join(' · ')}</Text>
        </Group>
      ))}
      <Code className="wrapped">{hook}{says.account}</Code>
    </Card>
  );
}
