import { SwitchField } from '../fields/ChoiceField';
import { DurationField } from '../fields/DurationField';
import { ELAPSED } from '../fields/duration';
import { TextField } from '../fields/TextField';
import { write } from '../fields/write';
import type { Goal } from '../generated/journey';
import { EventFields, PathField } from '../nodes/parts/EventFields';
import { words } from '../words/language';
import type { PartProps } from './parts';
import { Several } from './Several';

const says = words({
  en: { add: 'Add a goal', remove: 'Remove', none: 'Nothing counts as success yet. A goal is measured and ends nothing.', goal: 'goal', name: 'Name', wrong: '1 to 60 characters', taken: 'Another goal is called that', by: 'Reached by', event: 'an event', node: 'arriving at a goal step', value: 'Its worth', valueMore: 'Where the event says it, such as properties.total.', within: 'Within, after entry', withinMore: 'Also after leaving. Empty: while inside.' },
  de: { add: 'Ziel hinzufügen', remove: 'Entfernen', none: 'Noch zählt nichts als Erfolg. Ein Ziel wird gemessen und beendet nichts.', goal: 'Ziel', name: 'Name', wrong: '1 bis 60 Zeichen', taken: 'So heißt schon ein anderes Ziel', by: 'Erreicht durch', event: 'ein Ereignis', node: 'Ankunft bei einem Ziel-Schritt', value: 'Sein Wert', valueMore: 'Wo das Ereignis ihn nennt, etwa properties.total.', within: 'Binnen, nach dem Eintritt', withinMore: 'Auch nach dem Verlassen. Leer: solange darin.' },
});

/** What counts as success. */
export function GoalsForm({ journey, put, change }: PartProps) {
  const goals = journey.goals ?? [];
  const keep = (next: readonly Goal[], field?: string) => (next.length > 0 ? change({ goals: next }, field && `goals/${field}`) : put(write(journey, 'goals', undefined)));
  const freeName = () => Array.from({ length: goals.length + 1 }, (_, place) => (place === 0 ? says.goal : `${says.goal} ${place + 1}`)).find((name) => !goals.some((goal) => goal.name === name)) ?? says.goal;
  return (
    <Several<Goal> items={goals} change={keep} add={says.add} remove={says.remove} none={says.none} blank={() => ({ name: freeName(), event: '' })} title={(goal) => goal.name}>
      {(goal, set) => (
        <>
          <TextField label={says.name} value={goal.name} check={(text) => (text === '' || text.length > 60 ? says.wrong : text !== goal.name && goals.some(({ name }) => name === text) ? says.taken : null)} change={(name) => set({ ...goal, name }, 'name')} />
          <SwitchField label={says.by} value={goal.event === undefined ? 'node' : 'event'} change={(next) => (next === 'node') !== (goal.event === undefined) && set(turn(goal, next))} choices={[{ value: 'event', label: says.event }, { value: 'node', label: says.node }]} />
          {goal.event !== undefined && (
            <>
              <EventFields match={{ ...goal, event: goal.event }} hasKey change={set} />
              <PathField label={says.value} description={says.valueMore} value={goal.value} change={(value) => set(write(goal, 'value', value), 'value')} />
            </>
          )}
          <DurationField label={says.within} description={says.withinMore} isOptional units={ELAPSED} value={goal.within} change={(within) => set(write(goal, 'within', within), 'within')} />
        </>
      )}
    </Several>
  );
}

/** What speaks of an event goes with it. */
function turn(goal: Goal, to: 'event' | 'node'): Goal {
  if (to === 'event') return { ...goal, event: '' };
  const { event: _event, where: _where, match_key: _key, value: _value, ...rest } = goal;
  return rest;
}
