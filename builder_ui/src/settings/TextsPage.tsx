import { ActionIcon, Alert, Button, Group, Paper, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { useMay } from '../session/asks';
import { Failure, Loading } from '../ui/States';
import { tellDone } from '../ui/tell';
import { askTextWords, type TextWords } from './asks';
import { SettingsFrame } from './SettingsFrame';
import { addLanguage, type Answered, KINDS, nameLanguage, says } from './texts';

/** What is answered to STOP, START and HELP. */
export function TextsPage() {
  const { data, error, refetch } = useQuery(askTextWords());
  return (
    <SettingsFrame more={says.more}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : <Answers key={JSON.stringify(data)} kept={data} />}
    </SettingsFrame>
  );
}

function Answers({ kept }: { readonly kept: TextWords }) {
  const queries = useQueryClient();
  const mayChange = useMay('settings:manage');
  const [answers, setAnswers] = useState(kept.answers);
  const [brand, setBrand] = useState(kept.brand);
  const [all, setAll] = useState(kept.words as Answered);
  const [stops, setStops] = useState<string[]>(kept.stop_words);
  const [fresh, setFresh] = useState('');
  const save = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/texts/words', { body: { answers, brand: brand.trim(), words: all, stop_words: stops } })),
    onSuccess: (data) => { tellDone(says.saved); queries.setQueryData(askTextWords().queryKey, data); },
  });
  const next = addLanguage(all, fresh);
  const languages = Object.keys(all);
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Stack maw={760}>
        <Switch label={says.answers} description={says.answersMore} checked={answers} onChange={(event) => setAnswers(event.currentTarget.checked)} disabled={!mayChange} />
        <TextInput label={says.brand} description={says.brandMore} placeholder={kept.usual_brand} value={brand} onChange={(event) => setBrand(event.currentTarget.value)} maxLength={60} readOnly={!mayChange} />
        {languages.map((language) => (
          <Paper key={language} component="section" withBorder radius="lg" p="md" aria-label={nameLanguage(language)}>
            <Group justify="space-between"><Text component="h2" size="sm" fw={600}>{nameLanguage(language)}</Text>{mayChange && languages.length > 1 && <ActionIcon variant="subtle" color="gray" aria-label={says.remove(nameLanguage(language))} onClick={() => setAll(({ [language]: _gone, ...rest }) => rest)}><IconTrash size={16} /></ActionIcon>}</Group>
            <Stack gap="xs" mt="xs">
              {KINDS.map((kind) => (
                <Textarea key={kind} label={says.kinds[kind]} value={all[language]?.[kind] ?? ''} onChange={({ currentTarget: { value } }) => setAll((now) => ({ ...now, [language]: { stop: '', start: '', help: '', ...now[language], [kind]: value } }))} autosize minRows={1} maxLength={320} required readOnly={!mayChange} />
              ))}
            </Stack>
          </Paper>
        ))}
        {mayChange && (
          <Group align="flex-end" gap="xs">
            <TextInput label={says.language} description={says.languageMore} placeholder="fr" value={fresh} onChange={(event) => setFresh(event.currentTarget.value)} maxLength={35} />
            <Button variant="default" disabled={next === null} onClick={() => { if (next) setAll(next); setFresh(''); }}>{says.add}</Button>
          </Group>
        )}
        <TagsInput label={says.stops} description={says.stopsMore} value={stops} onChange={setStops} maxTags={50} readOnly={!mayChange} />
        {save.error && <Alert color="red" variant="light" role="alert">{save.error.message}</Alert>}
        {mayChange && <Group><Button type="submit" loading={save.isPending}>{says.save}</Button></Group>}
      </Stack>
    </form>
  );
}
