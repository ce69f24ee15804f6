import './messages.css';

import { Alert, Anchor, Button, Code, Group, Modal, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconClock, IconMailOff, IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { LetterView } from '../mailbox/LetterView';
import { describeNode } from '../nodes/registry';
import { useMay } from '../session/asks';
import { Notification, readKeptPush } from '../templates/Notification';
import { MILLION, sayMoney } from '../templates/partsSpread';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { colorText, Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { askMessage, type MessageShown, sendAgain } from './asks';
import { Gates } from './Gates';
import { COLORS, listSteps, sayWhy, splitDetails, titleOf } from './told';
import { Touches } from './Touches';
import { says } from './words';

/** One letter, text or call: what it said, what became of it, and why. */
export function MessagePage() {
  const { id } = useParams({ from: '/messages/$id' });
  const { data, error, refetch } = useQuery(askMessage(id));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={titleOf(data)} more={`${says.channels[data.channel]} · ${says.classes[data.class]}${data.topic ? ` · ${data.topic}` : ''}`} actions={data.queue_id && <Again message={data} id={data.queue_id} />}>
      <Anchor component={Link} to="/messages" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      <div className="told">
        <Stack>
          <Fate message={data} />
          <Said message={data} />
        </Stack>
        <Stack>
          {data.gates.length > 0 && <Gates gates={data.gates} />}
          <Touches touches={data.touches} />
          <Provider message={data} />
          <Cause message={data} />
        </Stack>
      </div>
    </Page>
  );
}

function Fate({ message }: { readonly message: MessageShown }) {
  const why = sayWhy(message);
  const { own } = splitDetails(message);
  const isBad = COLORS[message.state] === 'red';
  const { contact } = message;
  return (
    <Card title={says.fate} actions={<Tag color={COLORS[message.state]}>{says.states[message.state]}</Tag>}>
      {why && <Text size="sm" c={isBad ? colorText('red') : colorText('orange')} fw={500}>{why}</Text>}
      {own && <Told words={own} />}
      <dl className="told-facts">
        <dt>{message.state === 'received' ? says.sender : says.to2}</dt>
        <dd><Anchor component={Link} to={`/contacts/${contact.id}`} size="sm">{contact.name || contact.email || contact.phone || says.anonymous}</Anchor>{message.to && message.to !== contact.name && <Text span inherit c="dimmed"> · {message.to}</Text>}</dd>
      </dl>
      <ol className="plain fates">
        {listSteps(message).map(({ what, at, isAhead }) => (
          <li key={what}>
            <ThemeIcon variant={isAhead ? 'default' : 'light'} color={what === 'bounced' ? 'red' : 'teal'} size={20} radius="xl">{isAhead ? <IconClock size={12} /> : what === 'bounced' ? <IconX size={13} stroke={2.4} /> : <IconCheck size={13} stroke={2.4} />}</ThemeIcon>
            <Text size="sm" className="grow" c={isAhead ? 'dimmed' : undefined}>{says.steps[what] ?? what}</Text>
            <Text size="sm" c="dimmed" className="numbers" title={sayFully(at)}>{sayInstant(at)}</Text>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Said({ message: { words, state, id, template, channel } }: { readonly message: MessageShown }) {
  const wasHandedOver = state === 'sent' || state === 'received';
  return (
    <Card title={state === 'received' ? says.wordsIn : says.words}>
      {words ? (
        <>
          {words.from && <Text size="sm" c="dimmed" className="wrapped">{words.from} → {words.to}</Text>}
          {channel === 'push' ? <Notification push={readKeptPush(words.subject, words.text, words.headers)} /> : <LetterView subject={words.subject || says.noSubject} text={words.text} headers={words.headers} page={words.has_html ? `/api/v1/messages/${id}/html` : null} />}
        </>
      ) : (
        <Empty icon={IconMailOff} title={wasHandedOver ? says.notKept : state === 'queued' || state === 'sending' ? says.ahead : says.notYet} action={template && <Button component={Link} to={`/templates/${template}`} variant="default" size="xs">{says.seeTemplate}</Button>}>{wasHandedOver ? says.notKeptMore : says.notYetMore}</Empty>
      )}
    </Card>
  );
}

function Provider({ message: { provider, provider_id, reason, details, attempts, crashes, parts, price_micro, currency } }: { readonly message: MessageShown }) {
  const { theirs } = splitDetails({ provider, reason, details, attempts });
  if (!provider && !theirs && attempts === 0) return null;
  return (
    <Card title={says.provider}>
      <dl className="told-facts">
        {provider && <Fact name={says.by}>{provider === 'mailbox' ? says.mailbox : provider}</Fact>}
        {provider_id && <Fact name={says.providerId}><span className="mono">{provider_id}</span></Fact>}
        <Fact name={says.attempts}>{sayNumber(attempts)}</Fact>
        {parts !== null && <Fact name={says.parts}>{sayNumber(parts)}{price_micro !== null && currency !== null && <Text span inherit c="dimmed"> · {sayMoney(price_micro / MILLION, currency)}</Text>}</Fact>}
        {crashes > 0 && <Fact name={says.crashes}>{sayNumber(crashes)}</Fact>}
      </dl>
      {theirs && <><Text size="sm" c="dimmed">{says.said}</Text><Told words={theirs} /></>}
    </Card>
  );
}

function Cause({ message }: { readonly message: MessageShown }) {
  const { journey, journey_name, version, node, step, visit, enrollment, cause, template, template_name, template_version, answers } = message;
  const isBare = !journey && !cause && !template && !answers;
  return (
    <Card title={says.cause}>
      {isBare ? <Text size="sm" c="dimmed">{says.noCause}</Text> : (
        <dl className="told-facts">
          {journey && <Fact name={says.journey}><Anchor component={Link} to={`/journeys/${journey}`} size="sm">{journey_name}</Anchor>{version !== null && <Text span inherit c="dimmed"> · {says.version(version)}</Text>}</Fact>}
          {journey && node && <Fact name={says.step}><Anchor component={Link} size="sm" {...({ to: '/journeys/$key', params: { key: journey }, search: { step: node } } as object)}>{step ? describeNode(step).title : node}</Anchor>{visit > 1 && <Text span inherit c="dimmed"> · {says.visit(visit)}</Text>}</Fact>}
          {journey && enrollment !== null && <Fact name={says.path}><Anchor component={Link} size="sm" {...({ to: '/journeys/$key', params: { key: journey }, search: { view: 'watch', person: enrollment } } as object)}>#{enrollment}</Anchor></Fact>}
          {cause && <Fact name={says.event}>{cause.name} <Text span inherit c="dimmed">· {sayInstant(cause.occurred_at)}</Text></Fact>}
          {template && <Fact name={says.templateVersion}><Anchor component={Link} to={`/templates/${template}`} size="sm">{template_name ?? template}</Anchor>{template_version !== null && <Text span inherit c="dimmed"> · {says.version(template_version)}</Text>}</Fact>}
          {answers && <Fact name={says.answers}><Anchor component={Link} to={`/messages/${answers}`} size="sm">{says.theMessage}</Anchor></Fact>}
        </dl>
      )}
    </Card>
  );
}

function Told({ words }: { readonly words: string }) {
  return <Code block className="wrapped" style={{ whiteSpace: 'pre-wrap' }} tabIndex={0}>{words}</Code>;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>;
}

/** Puts back what failed, or may have left; nobody does that by a slip. */
function Again({ message, id }: { readonly message: MessageShown; readonly id: string }) {
  const mayAct = useMay('journeys:publish');
  const [isAsking, setAsking] = useState(false);
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => sendAgain(id),
    onSuccess: ({ replayed }) => {
      setAsking(false);
      tellDone(replayed > 0 ? says.put : says.gone);
      return Promise.all([['message', message.id], ['messages'], ['queues']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: tellFailure,
  });
  if (!mayAct) return <Text size="sm" c="dimmed">{says.ask}</Text>;
  return (
    <>
      <Button leftSection={<IconRefresh size={16} />} onClick={() => setAsking(true)}>{says.again}</Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={says.againSure} closeButtonProps={{ 'aria-label': says.close }}>
        <Stack>
          <Text size="sm">{says.againMore}</Text>
          {message.state === 'uncertain' && <Alert color="orange" variant="light" p="xs">{says.againDoubt}</Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={() => setAsking(false)}>{says.cancel}</Button><Button loading={again.isPending} onClick={() => again.mutate()}>{says.again}</Button></Group>
        </Stack>
      </Modal>
    </>
  );
}
