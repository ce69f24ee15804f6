import { Stack, Tabs } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';

import type { Journey } from '../generated/journey';
import { type EditStep, steps } from '../graph/edit/steps';
import { sayTrigger } from '../graph/words';
import { words } from '../words/language';
import { EntryForm } from './EntryForm';
import { ExitsForm } from './ExitsForm';
import { GoalsForm } from './GoalsForm';
import { AsWritten, Head, type PartProps } from './parts';
import { SettingsForm } from './SettingsForm';
import { TriggerForm } from './TriggerForm';

const says = words({
  en: { journey: 'Journey', tabs: 'Parts of the journey', trigger: 'Entry', exits: 'Exits', goals: 'Goals', settings: 'Settings', kind: 'What lets people in' },
  de: { journey: 'Journey', tabs: 'Teile der Journey', trigger: 'Eintritt', exits: 'Ausstiege', goals: 'Ziele', settings: 'Einstellungen', kind: 'Was Personen einlässt' },
});

export type Part = 'trigger' | 'exits' | 'goals' | 'settings';

/** The journey itself: what lets in, what takes out, what counts as success, and how it behaves. */
export function JourneyInspector({ journey, edit, begin }: { readonly journey: Journey; readonly edit: (step: EditStep) => void; readonly begin: Part }) {
  const change: PartProps['change'] = (part, field) => edit(steps.changeJourney(part, field));
  // A field that is taken out cannot be said as a part that is put in.
  const put: PartProps['put'] = (next) => next !== journey && edit({ ...steps.changeJourney({}), change: () => next });
  const count = (list: readonly unknown[] | undefined) => (list?.length ? ` ${list.length}` : '');
  const props = { journey, change, put };
  return (
    <Stack gap="md">
      <Head icon={IconBolt} color="violet" title={begin === 'trigger' ? sayTrigger(journey.trigger).title : journey.name} kind={begin === 'trigger' ? says.kind : says.journey} />
      <Tabs defaultValue={begin} keepMounted={false} variant="default">
        <Tabs.List aria-label={says.tabs} className="tabs">
          <Tabs.Tab value="trigger" fz="xs" px={8}>{says.trigger}</Tabs.Tab>
          <Tabs.Tab value="exits" fz="xs" px={8}>{says.exits}{count(journey.exits)}</Tabs.Tab>
          <Tabs.Tab value="goals" fz="xs" px={8}>{says.goals}{count(journey.goals)}</Tabs.Tab>
          <Tabs.Tab value="settings" fz="xs" px={8}>{says.settings}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="trigger" pt="md"><Stack gap="lg"><TriggerForm {...props} edit={edit} /><EntryForm {...props} /></Stack></Tabs.Panel>
        <Tabs.Panel value="exits" pt="md"><ExitsForm {...props} /></Tabs.Panel>
        <Tabs.Panel value="goals" pt="md"><GoalsForm {...props} /></Tabs.Panel>
        <Tabs.Panel value="settings" pt="md"><SettingsForm {...props} /></Tabs.Panel>
      </Tabs>
      <AsWritten value={begin === 'trigger' ? { trigger: journey.trigger, entry: journey.entry } : { ...journey, nodes: undefined, layout: undefined }} />
    </Stack>
  );
}
