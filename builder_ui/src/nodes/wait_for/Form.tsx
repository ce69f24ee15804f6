import { Stack } from '@mantine/core';

import { ChoiceField, SwitchField, YesNoField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { ELAPSED } from '../../fields/duration';
import { useFieldScope } from '../../fields/scope';
import { write } from '../../fields/write';
import type { WaitPath } from '../../generated/journey';
import { words } from '../../words/language';
import { RuleBuilder } from '../../rules/RuleBuilder';
import { EventFields } from '../parts/EventFields';
import { PathList } from '../parts/PathList';
import type { FormProps } from '../types';

const says = words({
  en: {
    paths: 'Whichever comes', opens: 'Opened by', event: 'an event', when: 'a condition', timeout: 'At most', timeoutMore: 'Then the way “timeout” is taken. Needed for publishing.',
    choose: 'Which one is taken', first: 'What comes first', ranked: 'The highest that came', rankedMore: 'The time is waited out, unless the highest path comes.', firstMore: 'It is taken at once.',
    since: 'Events count from', node: 'the arrival here', entry: 'the entry into the journey', before: 'some time before the arrival', length: 'How long before', ignore: 'A condition that is already true counts only when it becomes true anew',
  },
  de: {
    paths: 'Was auch immer kommt', opens: 'Geöffnet durch', event: 'ein Ereignis', when: 'eine Bedingung', timeout: 'Höchstens', timeoutMore: 'Dann wird der Weg „timeout“ genommen. Zum Veröffentlichen nötig.',
    choose: 'Welcher genommen wird', first: 'Was zuerst kommt', ranked: 'Der höchste, der kam', rankedMore: 'Die Zeit wird abgewartet, außer der höchste Pfad kommt.', firstMore: 'Er wird sofort genommen.',
    since: 'Ereignisse zählen ab', node: 'der Ankunft hier', entry: 'dem Eintritt in die Journey', before: 'einer Zeit vor der Ankunft', length: 'Wie lange davor', ignore: 'Eine schon erfüllte Bedingung zählt erst, wenn sie neu erfüllt wird',
  },
});

export function WaitForForm({ node, change }: FormProps<'wait_for'>) {
  const { journey } = useFieldScope();
  const { since = 'node', choose = 'first' } = node;
  const isBefore = since !== 'node' && since !== 'entry';
  return (
    <Stack gap="md">
      <PathList<WaitPath> title={says.paths} paths={node.paths ?? []} reserved={['timeout']} blank={(label) => ({ label, event: '' })} change={(paths, field) => change({ ...node, paths }, field)}>
        {(path, keep) => (
          <>
            <SwitchField label={says.opens} value={'event' in path ? 'event' : 'when'} change={(next) => keep(turn(path, next))} choices={[{ value: 'event', label: says.event }, { value: 'when', label: says.when }]} />
            {'event' in path ? <EventFields match={path} hasKey change={keep} /> : <RuleBuilder condition={path.when} change={(when) => keep({ ...path, when }, 'when')} scope={{ journey }} />}
          </>
        )}
      </PathList>
      <DurationField label={says.timeout} description={says.timeoutMore} isOptional value={node.timeout?.after} change={(after) => change(write(node, 'timeout', after === undefined ? undefined : { ...node.timeout, after }), 'timeout')} />
      <SwitchField label={says.choose} description={choose === 'first' ? says.firstMore : says.rankedMore} value={choose} change={(next) => change(write(node, 'choose', next === 'first' ? undefined : next))} choices={[{ value: 'first', label: says.first }, { value: 'ranked', label: says.ranked }]} />
      <ChoiceField label={says.since} value={isBefore ? 'before' : since} change={(next) => change(write(node, 'since', next === 'node' ? undefined : next === 'before' ? 'PT1H' : next))}
        choices={[{ value: 'node', label: says.node }, { value: 'entry', label: says.entry }, { value: 'before', label: says.before }]} />
      {isBefore && <DurationField label={says.length} units={ELAPSED} value={since} change={(length) => length && change({ ...node, since: length }, 'since')} />}
      <YesNoField label={says.ignore} value={node.ignore_past} change={(next) => change(write(node, 'ignore_past', next))} />
    </Stack>
  );
}

/** The path opened by the other sort of thing; its name and where it leads stay. */
function turn(path: WaitPath, to: 'event' | 'when'): WaitPath {
  if (to in path) return path;
  const { label, next } = path;
  const kept = next === undefined ? { label } : { label, next };
  return to === 'event' ? { ...kept, event: '' } : { ...kept, when: { segment: '', op: 'member' } };
}
