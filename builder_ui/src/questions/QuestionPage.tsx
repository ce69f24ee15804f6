import { Alert, Anchor, Box, Button, Group, NativeSelect, NumberInput, Paper, SegmentedControl, Stack, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { askContact } from '../contacts/asks';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone } from '../ui/tell';
import { sayAgo, sayAnd, sayFully, sayInstant } from '../words/formats';
import { answerQuestion, askQuestion, type Question } from './asks';
import { type Field, type Filled, listMissing, nameField, writeValues } from './form';
import { useNow } from './useNow';
import { says } from './words';

/** One question: what it is about, and the answers to choose from. */
export function QuestionPage() {
  const { id } = useParams({ from: '/questions/$id' });
  const { data: question, error, refetch } = useQuery(askQuestion(Number(id)));
  if (error && !question) return <Failure error={error} retry={() => void refetch()} />;
  if (!question) return <Loading />;
  return (
    <Box p={{ base: 'md', sm: 'xl' }} maw={720}>
      <Anchor component={Link} to="/questions" size="sm"><Group gap={4}><IconArrowLeft size={15} />{says.back}</Group></Anchor>
      <Title order={1} size="h3" mt="sm" mb="lg" className="wrapped">{question.words}</Title>
      <Stack>
        {question.state === 'open' ? <Answering key={question.id} question={question} /> : <Settled question={question} />}
        <About question={question} />
      </Stack>
    </Box>
  );
}

function Answering({ question }: { readonly question: Question }) {
  const queries = useQueryClient();
  const now = useNow();
  const [filled, setFilled] = useState<Filled>({});
  const [hasTried, setTried] = useState(false);
  const missing = listMissing(question.form, filled);
  const give = useMutation({
    mutationFn: (label: string) => answerQuestion(question.id, label, writeValues(question.form, filled)),
    onSuccess: async (next) => {
      queries.setQueryData(askQuestion(question.id).queryKey, next);
      tellDone(says.done);
      await queries.invalidateQueries({ queryKey: ['questions'] });
    },
  });
  return (
    <Card title={says.answer} actions={<Tag color={Date.parse(question.due_at) - now < 86_400_000 ? 'orange' : 'gray'}>{says.due(sayAgo(question.due_at, now))}</Tag>}>
      {question.escalated_at && <Alert color="orange" variant="light" p="xs">{says.escalatedAt(sayInstant(question.escalated_at))}</Alert>}
      <Stack gap="md">
        {question.form.map((field) => <Asked key={field.name} field={field} value={filled[field.name]} isMissing={hasTried && missing.includes(field)} onChange={(value) => setFilled({ ...filled, [field.name]: value })} />)}
        {hasTried && missing.length > 0 && <Text size="sm" c="red" role="alert">{says.missing(sayAnd(missing.map(nameField)))}</Text>}
        {give.error && <Alert color="red" variant="light">{give.error.message}</Alert>}
        <Group gap="sm" role="group" aria-label={says.choose} className="answers">
          {question.answers.map((label, place) => (
            <Button key={label} size="md" variant={place === 0 ? 'filled' : 'default'} loading={give.isPending && give.variables === label} disabled={give.isPending} onClick={() => {
              setTried(true);
              if (missing.length === 0) give.mutate(label);
            }}>{label}</Button>
          ))}
        </Group>
        <Text size="xs" c="dimmed">{sayFully(question.due_at)}. {says.dueMore}</Text>
      </Stack>
    </Card>
  );
}

/** One field of the form. */
function Asked({ field, value, isMissing, onChange }: { readonly field: Field; readonly value: unknown; readonly isMissing: boolean; readonly onChange: (value: unknown) => void }) {
  const common = { label: nameField(field), required: field.required ?? false, error: isMissing };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'text':
      return <Textarea {...common} autosize minRows={1} maxRows={6} maxLength={2000} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'number':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} onChange={(next) => onChange(next === '' ? undefined : Number(next))} />;
    case 'date':
      return <TextInput {...common} type="date" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'choice':
      return <NativeSelect {...common} value={text} onChange={(event) => onChange(event.currentTarget.value)} data={[{ value: '', label: says.pick }, ...(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))]} />;
    case 'yes_no':
      return (
        <Stack gap={4}>
          <Text size="sm" fw={500}>{nameField(field)}{field.required && <Text span c="red"> *</Text>}</Text>
          <SegmentedControl aria-label={nameField(field)} value={value === true ? 'yes' : value === false ? 'no' : ''} onChange={(next) => onChange(next === 'yes')} data={[{ value: 'yes', label: says.yes }, { value: 'no', label: says.no }]} />
        </Stack>
      );
    default:
      return field.kind satisfies never;
  }
}

function Settled({ question: { state, answer, answerer, answered_by, answered_at, closed_at, values, form } }: { readonly question: Question }) {
  if (state === 'closed') return <Alert color="gray" variant="light">{says.closed(sayInstant(closed_at))}</Alert>;
  return (
    <Card title={says.answered(answerer ?? answered_by ?? '', sayInstant(answered_at))}>
      <Group><Tag color="green">{answer}</Tag></Group>
      {values && Object.keys(values).length > 0 && (
        <Table fz="sm" withRowBorders={false} horizontalSpacing={0}>
          <Table.Tbody>{form.filter(({ name }) => Object.hasOwn(values, name)).map((field) => <Table.Tr key={field.name}><Table.Td c="dimmed">{nameField(field)}</Table.Td><Table.Td ta="right" className="wrapped">{say(values[field.name])}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
    </Card>
  );
}

function say(value: unknown): string {
  return value === true ? says.yes : value === false ? says.no : String(value);
}

function About({ question: { journey, contact, node, to, asked_at } }: { readonly question: Question }) {
  const maySee = useMay('contacts:read');
  const { data } = useQuery({ ...askContact(contact), enabled: maySee, refetchInterval: false });
  return (
    <Paper component="section" withBorder radius="lg" p="md" aria-label={says.about}>
      <Table fz="sm" withRowBorders={false} horizontalSpacing={0}>
        <Table.Tbody>
          {maySee && <Table.Tr><Table.Td c="dimmed">{says.contact}</Table.Td><Table.Td ta="right" className="wrapped"><Anchor component={Link} to={`/contacts/${contact}`} size="sm">{data ? data.name || data.email || data.external_id || says.anonymous : '…'}</Anchor></Table.Td></Table.Tr>}
          <Table.Tr><Table.Td c="dimmed">{says.journey}</Table.Td><Table.Td ta="right"><Anchor component={Link} to={`/journeys/${journey}`} size="sm">{journey}</Anchor></Table.Td></Table.Tr>
          <Table.Tr><Table.Td c="dimmed">{says.step}</Table.Td><Table.Td ta="right">{node}</Table.Td></Table.Tr>
          <Table.Tr><Table.Td c="dimmed">{says.to(to)}</Table.Td><Table.Td ta="right">{says.asked(sayInstant(asked_at))}</Table.Td></Table.Tr>
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
