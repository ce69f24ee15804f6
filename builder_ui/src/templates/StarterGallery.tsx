import { SegmentedControl, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Failure, Loading } from '../ui/States';
import { language, words } from '../words/language';
import { askPreview, askStarters, type Starter } from './asks';

const says = words({
  en: { purpose: 'For what', all: 'All', start: 'Beginning', news: 'News', shop: 'Shop', relation: 'Staying in touch', account: 'Account' },
  de: { purpose: 'Wofür', all: 'Alle', start: 'Einstieg', news: 'Neues', shop: 'Handel', relation: 'In Verbindung', account: 'Konto' },
});
const PURPOSES = ['start', 'news', 'shop', 'relation', 'account'] as const;

/** The letters to begin with, each as it looks; one is chosen. */
export function StarterGallery({ chosen, onChoose }: { readonly chosen: string | null; readonly onChoose: (starter: Starter) => void }) {
  const { data, error, refetch } = useQuery(askStarters());
  const [purpose, setPurpose] = useState('all');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Stack gap="sm">
      <SegmentedControl size="xs" className="starter-purposes" aria-label={says.purpose} value={purpose} onChange={setPurpose} data={[{ value: 'all', label: says.all }, ...PURPOSES.map((value) => ({ value, label: says[value] }))]} />
      <SimpleGrid cols={{ base: 2, sm: 3, md: 4 }} spacing="sm">
        {data.filter((one) => purpose === 'all' || one.purpose === purpose).map((one) => <Card key={one.key} starter={one} isChosen={one.key === chosen} onChoose={() => onChoose(one)} />)}
      </SimpleGrid>
    </Stack>
  );
}

function Card({ starter, isChosen, onChoose }: { readonly starter: Starter; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const { ref, inViewport } = useInViewport<HTMLButtonElement>();
  const { data: preview } = useQuery({ ...askPreview('email', pickWords(starter), '', starter.sample), enabled: inViewport, staleTime: 10 * 60_000 });
  return (
    <UnstyledButton ref={ref} type="button" className="starter" aria-pressed={isChosen} onClick={onChoose}>
      <div className="window" inert>{preview?.page && <iframe sandbox="" src={preview.page} title="" tabIndex={-1} />}</div>
      <Text size="sm" fw={600} mt={8}>{starter.name[language] ?? starter.name.en}</Text>
      <Text size="xs" c="dimmed">{starter.about[language] ?? starter.about.en}</Text>
    </UnstyledButton>
  );
}

function pickWords(starter: Starter): string {
  return starter.variants[language] ?? starter.source;
}
