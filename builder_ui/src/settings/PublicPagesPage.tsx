import { ActionIcon, Alert, Box, Button, ColorInput, Group, Input, Paper, SimpleGrid, Stack, Text, Textarea, TextInput, Title, Tooltip } from '@mantine/core';
import { IconPhoto, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { FilePicker } from '../files/FilePicker';
import { findHere } from '../files/files';
import { Failure, Loading } from '../ui/States';
import { tellDone } from '../ui/tell';
import { language } from '../words/language';
import { askPagesLook, type PagesLook } from './asks';
import { isColour, readableOn } from './look';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';

const { pages: words } = says;
const LOGO = { objectFit: 'scale-down', objectPosition: 'left' } as const;

/** How the pages behind links in letters look. */
export function PublicPagesPage() {
  const { data, error, refetch } = useQuery(askPagesLook());
  return (
    <SettingsFrame more={words.more}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : <Edit look={data} />}
    </SettingsFrame>
  );
}

function Edit({ look }: { readonly look: PagesLook }) {
  const queries = useQueryClient();
  const [edited, setEdited] = useState(look);
  const change = (part: Partial<PagesLook>) => setEdited((before) => ({ ...before, ...part }));
  const isRight = isColour(edited.accent);
  const save = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/public-pages', { body: { ...edited, logo: edited.logo?.digest ?? null } })),
    onSuccess: async () => { tellDone(words.saved); await queries.invalidateQueries({ queryKey: ['public-pages'] }); },
  });
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <form onSubmit={(event) => { event.preventDefault(); if (isRight) save.mutate(); }}>
        <Stack>
          <TextInput label={words.name} description={words.nameMore} value={edited.name} maxLength={80} onChange={({ currentTarget }) => change({ name: currentTarget.value })} />
          <LogoField logo={edited.logo} change={(logo) => change({ logo })} />
          <ColorInput label={words.accent} description={words.accentMore} value={edited.accent} format="hex" withEyeDropper={false} onChange={(accent) => change({ accent })} error={isRight ? null : words.accentWrong} />
          <Textarea label={words.intro} description={words.introMore} value={edited.intro} maxLength={500} autosize minRows={2} onChange={({ currentTarget }) => change({ intro: currentTarget.value })} />
          <Textarea label={words.introDe} description={words.introMore} value={edited.intro_de} maxLength={500} autosize minRows={2} onChange={({ currentTarget }) => change({ intro_de: currentTarget.value })} />
          {save.error && <Alert color="red" variant="light">{save.error.message}</Alert>}
          <Group justify="flex-end"><Button type="submit" loading={save.isPending} disabled={!isRight}>{says.save}</Button></Group>
        </Stack>
      </form>
      <Paper withBorder radius="lg" p="xl" component="section" aria-label={words.preview}>
        <Text size="xs" c="dimmed" mb="md">{words.preview}</Text>
        {edited.logo ? <Box component="img" src={findHere(edited.logo)} alt={edited.name || edited.logo.name} display="block" h={48} maw="100%" mb="sm" bg="white" bdrs="md" style={LOGO} /> : edited.name && <Text fw={700} mb="sm">{edited.name}</Text>}
        <Title order={2} size="h3" mb="xs">{words.heading}</Title>
        <Text c="dimmed" mb="md" className="wrapped">{(language === 'de' ? edited.intro_de : edited.intro) || words.standard}</Text>
        <Button component="span" radius={10} color={isRight ? edited.accent : undefined} styles={{ label: { color: isRight ? readableOn(edited.accent) : undefined } }}>{words.button}</Button>
      </Paper>
    </SimpleGrid>
  );
}

function LogoField({ logo, change }: { readonly logo: PagesLook['logo']; readonly change: (logo: PagesLook['logo']) => void }) {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Input.Wrapper label={words.logo} description={words.logoMore} labelElement="div">
      <Group gap="xs" mt={6} wrap="nowrap">
        <Button variant="default" leftSection={<IconPhoto size={16} />} onClick={() => setChoosing(true)}>{logo ? words.logoOther : words.logoChoose}</Button>
        {logo && <Text size="sm" truncate title={logo.name}>{logo.name}</Text>}
        {logo && <Tooltip label={words.logoNone}><ActionIcon variant="subtle" color="gray" size={28} aria-label={words.logoNone} onClick={() => change(null)}><IconX size={16} /></ActionIcon></Tooltip>}
      </Group>
      {isChoosing && <FilePicker pictures choose={(file) => { change(file); setChoosing(false); }} onClose={() => setChoosing(false)} />}
    </Input.Wrapper>
  );
}
