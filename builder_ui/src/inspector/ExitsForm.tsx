import { SwitchField } from '../fields/ChoiceField';
import { TextField } from '../fields/TextField';
import { write } from '../fields/write';
import type { Exit } from '../generated/journey';
import { sayExits } from '../graph/words';
import { EventFields } from '../nodes/parts/EventFields';
import { RuleBuilder } from '../rules/RuleBuilder';
import { words } from '../words/language';
import type { PartProps } from './parts';
import { Several } from './Several';

const says = words({
  en: { add: 'Add an exit', remove: 'Remove', none: 'Nothing takes people out early. An exit takes them out at once, wherever they are, and stops what has not been sent.', by: 'By', event: 'an event', when: 'a condition', reason: 'Reason', reasonMore: 'Shown in reports.', wrong: '1 to 60 characters', name: 'Event', any: '“any” is whatever the contact does itself.' },
  de: { add: 'Ausstieg hinzufügen', remove: 'Entfernen', none: 'Nichts nimmt Personen vorzeitig heraus. Ein Ausstieg nimmt sie sofort heraus, wo immer sie stehen, und hält an, was noch nicht gesendet ist.', by: 'Durch', event: 'ein Ereignis', when: 'eine Bedingung', reason: 'Grund', reasonMore: 'Steht in den Berichten.', wrong: '1 bis 60 Zeichen', name: 'Ereignis', any: '„any“ ist alles, was der Kontakt selbst tut.' },
});

/** What takes people out, wherever they are. */
export function ExitsForm({ journey, put, change }: PartProps) {
  const keep = (exits: readonly Exit[], field?: string) => (exits.length > 0 ? change({ exits }, field && `exits/${field}`) : put(write(journey, 'exits', undefined)));
  return (
    <Several<Exit> items={journey.exits ?? []} change={keep} add={says.add} remove={says.remove} none={says.none} blank={() => ({ event: '' })} title={(exit) => sayExits({ ...journey, exits: [exit] })[0] ?? ''}>
      {(exit, set) => (
        <>
          <SwitchField label={says.by} value={'event' in exit ? 'event' : 'when'} change={(next) => !(next in exit) && set(turn(exit, next))} choices={[{ value: 'event', label: says.event }, { value: 'when', label: says.when }]} />
          {'event' in exit
            ? <EventFields label={says.name} match={exit} hasKey change={set} />
            : <RuleBuilder condition={exit.when} change={(when) => set({ ...exit, when }, 'when')} scope={{ journey }} />}
          <TextField label={says.reason} description={says.reasonMore} value={exit.reason ?? ''} check={(text) => (text.length > 60 ? says.wrong : null)} change={(reason) => set(write<Exit, 'reason'>(exit, 'reason', reason === '' ? undefined : reason), 'reason')} />
        </>
      )}
    </Several>
  );
}

function turn(exit: Exit, to: 'event' | 'when'): Exit {
  const kept = exit.reason === undefined ? {} : { reason: exit.reason };
  return to === 'event' ? { event: '', ...kept } : { when: { segment: '', op: 'member' }, ...kept };
}
