import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';

import { ChoiceField, YesNoField } from '../../fields/ChoiceField';
import { DurationField, Small } from '../../fields/DurationField';
import { NamesField, NameSelect } from '../../fields/NameSelect';
import { TextField } from '../../fields/TextField';
import { replaceItem, write } from '../../fields/write';
import type { AnswerPath, FormField } from '../../generated/journey';
import { Section } from '../../inspector/parts';
import { words } from '../../words/language';
import { ColleagueFields } from '../parts/ColleagueFields';
import { PathList } from '../parts/PathList';
import type { FormProps } from '../types';

const says = words({
  en: {
    answers: 'Answers', addAnswer: 'Add an answer', form: 'Form', addField: 'Add a field', name: 'Name', wrong: 'A letter, then letters, digits and “_”', taken: 'Another field is called that', label: 'What people read', kind: 'Sort', required: 'Required', choices: 'Choices', remove: 'Remove',
    kinds: { text: 'Text', number: 'Number', yes_no: 'Yes or no', choice: 'One of several', date: 'Date' }, due: 'Answer within', dueMore: 'Then the way “due” is taken. Needed for publishing.',
    escalate: 'Tell somebody else when nobody has answered', after: 'After', to: 'Whom', formMore: 'Kept in the context, under this step’s key.',
  },
  de: {
    answers: 'Antworten', addAnswer: 'Antwort hinzufügen', form: 'Formular', addField: 'Feld hinzufügen', name: 'Name', wrong: 'Ein Buchstabe, dann Buchstaben, Ziffern und „_“', taken: 'So heißt schon ein anderes Feld', label: 'Was zu lesen ist', kind: 'Art', required: 'Pflichtfeld', choices: 'Auswahl', remove: 'Entfernen',
    kinds: { text: 'Text', number: 'Zahl', yes_no: 'Ja oder nein', choice: 'Eins von mehreren', date: 'Datum' }, due: 'Antwort binnen', dueMore: 'Dann wird der Weg „due“ genommen. Zum Veröffentlichen nötig.',
    escalate: 'Jemand anderem Bescheid geben, wenn niemand geantwortet hat', after: 'Nach', to: 'Wem', formMore: 'Bleibt im Kontext, unter dem Schlüssel dieses Schritts.',
  },
});

export function AskForm({ node, change }: FormProps<'ask'>) {
  const form = node.form ?? [];
  const putForm = (fields: readonly FormField[], field?: string) => change(write(node, 'form', fields.length > 0 ? fields : undefined), field);
  return (
    <Stack gap="md">
      <Stack gap="sm"><ColleagueFields told={node} change={({ data, ...part }, field) => change(field === 'data' ? write(node, 'data', data) : { ...node, ...part }, field)} /></Stack>
      <PathList<AnswerPath> title={says.answers} add={says.addAnswer} paths={node.paths ?? []} reserved={['due']} blank={(label) => ({ label })} change={(paths, field) => change({ ...node, paths }, field)} />
      <Section title={says.form}>
        {form.map((field, place) => (
          <Field key={place} field={field} names={form.map(({ name }) => name)} change={(next, typed) => putForm(replaceItem(form, place, next), typed && `form/${place}/${typed}`)} />
        ))}
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => putForm([...form, { kind: 'text', name: freeName(form) }])}>{says.addField}</Button>
      </Section>
      <DurationField label={says.due} description={says.dueMore} isOptional value={node.due?.after} change={(after) => change(write(node, 'due', after === undefined ? undefined : { ...node.due, after }), 'due')} />
      <Section>
        <YesNoField label={says.escalate} value={node.escalate !== undefined} change={(next) => change(write(node, 'escalate', next ? { after: 'P1D', to: 'role:publisher' } : undefined))} />
        {node.escalate && (
          <>
            <DurationField label={says.after} value={node.escalate.after} change={(after) => after && node.escalate && change({ ...node, escalate: { ...node.escalate, after } }, 'escalate/after')} />
            <NameSelect label={says.to} kind="colleague" value={node.escalate.to} change={(to) => node.escalate && change({ ...node, escalate: { ...node.escalate, to } }, 'escalate/to')} />
          </>
        )}
      </Section>
    </Stack>
  );
}

function freeName(form: readonly FormField[]): string {
  const taken = new Set(form.map(({ name }) => name));
  return Array.from({ length: form.length + 1 }, (_, place) => `field_${place + 1}`).find((name) => !taken.has(name)) ?? `field_${form.length + 1}`;
}

function Field({ field, names, change }: { readonly field: FormField; readonly names: readonly string[]; readonly change: (field: FormField | undefined, typed?: string) => void }) {
  const check = (text: string) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(text)) return says.wrong;
    return text !== field.name && names.includes(text) ? says.taken : null;
  };
  // A choice has choices, and nothing else has: they come and go with the kind.
  const turn = (kind: FormField['kind']) => change(write({ ...field, kind }, 'choices', kind === 'choice' ? ['A', 'B'] : undefined));
  return (
    <Paper withBorder radius="md" p={8} component="fieldset" miw={0} aria-label={field.name}>
      <Stack gap={8}>
        <Group gap={4} wrap="nowrap" align="flex-end">
          <div style={{ flex: 1, minWidth: 0 }}><TextField label={says.name} isCode value={field.name} check={check} change={(name) => change({ ...field, name }, 'name')} /></div>
          <div style={{ width: 128 }}><ChoiceField label={says.kind} value={field.kind} change={(kind) => kind !== field.kind && turn(kind)} choices={(['text', 'number', 'yes_no', 'choice', 'date'] as const).map((value) => ({ value, label: says.kinds[value] }))} /></div>
          <Small label={`${says.remove} ${field.name}`} onClick={() => change(undefined)}><IconX size={14} /></Small>
        </Group>
        <TextField label={says.label} value={field.label ?? ''} change={(label) => change(write(field, 'label', label === '' ? undefined : label), 'label')} />
        {field.kind === 'choice' && <NamesField label={says.choices} kind="variable" value={field.choices ?? []} change={(choices) => choices.length > 0 && change({ ...field, choices })} />}
        <YesNoField label={says.required} value={field.required} change={(required) => change(write(field, 'required', required))} />
      </Stack>
    </Paper>
  );
}
