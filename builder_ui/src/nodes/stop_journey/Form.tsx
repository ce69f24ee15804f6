import { Stack } from '@mantine/core';

import { SwitchField } from '../../fields/ChoiceField';
import { NameSelect } from '../../fields/NameSelect';
import { STRUCTURES, ValueField } from '../../fields/ValueField';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { journey: 'Journey', journeyMore: 'Messages that have not left are stopped, too. Of this journey it ends all others, never the one that stands here.', which: 'Ends', all: 'all of this contact', one: 'one entry key', key: 'Entry key' },
  de: { journey: 'Journey', journeyMore: 'Auch Nachrichten, die noch nicht hinausgingen, werden angehalten. Von dieser Journey beendet es alle anderen, nie die, die hier steht.', which: 'Beendet', all: 'alle dieses Kontakts', one: 'einen Eintrittsschlüssel', key: 'Eintrittsschlüssel' },
});

export function StopJourneyForm({ node, change }: FormProps<'stop_journey'>) {
  const isOne = node.entry_key !== undefined && node.entry_key !== null;
  return (
    <Stack gap="sm">
      <NameSelect label={says.journey} description={says.journeyMore} kind="journey" value={node.journey} change={(journey) => change({ ...node, journey }, 'journey')} />
      <SwitchField label={says.which} value={isOne ? 'one' : 'all'} change={(next) => (next === 'one') !== isOne && change(write(node, 'entry_key', next === 'one' ? { $: 'entry_key' } : undefined))} choices={[{ value: 'all', label: says.all }, { value: 'one', label: says.one }]} />
      {isOne && <ValueField label={says.key} kinds={STRUCTURES} value={node.entry_key} change={(key) => change(write(node, 'entry_key', key === null ? undefined : key), 'entry_key')} />}
    </Stack>
  );
}
