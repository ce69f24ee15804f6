import { ChoiceField, YesNoField } from '../fields/ChoiceField';
import { DurationField } from '../fields/DurationField';
import { ELAPSED } from '../fields/duration';
import { NamesField, NameSelect } from '../fields/NameSelect';
import { write } from '../fields/write';
import type { RecordTrigger } from '../generated/journey';
import { PathField } from '../nodes/parts/EventFields';
import { words } from '../words/language';

const says = words({
  en: {
    type: 'Type of record', typeMore: 'Such as ticket, deal or cart.', kind: 'What becomes of it', created: 'it is made', state: 'it comes into a state', changed: 'a field changes', clock: 'so long has passed', to: 'Into', from: 'From', any: 'Empty: any.',
    field: 'Field', fieldMore: 'Empty: whatever changes.', after: 'After', unchanged: 'Counted from the last change of anything in it', while: 'Only while it is in', whileMore: 'Counted from when it came there. Empty: from when it was made.',
  },
  de: {
    type: 'Art des Datensatzes', typeMore: 'Etwa ticket, deal oder cart.', kind: 'Was daraus wird', created: 'er wird angelegt', state: 'er kommt in einen Zustand', changed: 'ein Feld ändert sich', clock: 'so viel Zeit ist vergangen', to: 'In', from: 'Von', any: 'Leer: egal.',
    field: 'Feld', fieldMore: 'Leer: was auch immer sich ändert.', after: 'Nach', unchanged: 'Gezählt ab der letzten Änderung irgendeines Feldes', while: 'Nur solange er in einem davon ist', whileMore: 'Gezählt, seit er dort ist. Leer: seit er angelegt wurde.',
  },
});

type Record = RecordTrigger['change'];
const BLANK: { readonly [K in Record['kind']]: Record } = { created: { kind: 'created' }, state: { kind: 'state' }, changed: { kind: 'changed' }, clock: { kind: 'clock', after: 'P3D' } };

/** What becomes of a ticket, a deal or a cart. */
export function RecordFields({ trigger, change }: { readonly trigger: RecordTrigger; readonly change: (trigger: RecordTrigger, field?: string) => void }) {
  const put = (next: Record, field?: string) => change({ ...trigger, change: next }, field);
  return (
    <>
      <NameSelect label={says.type} description={says.typeMore} kind="record" value={trigger.type} change={(type) => change({ ...trigger, type }, 'type')} />
      <ChoiceField label={says.kind} value={trigger.change.kind} change={(kind) => kind !== trigger.change.kind && put(BLANK[kind])} choices={(['created', 'state', 'changed', 'clock'] as const).map((value) => ({ value, label: says[value] }))} />
      <ChangeFields type={trigger.type} value={trigger.change} put={put} />
    </>
  );
}

function ChangeFields({ type, value, put }: { readonly type: string; readonly value: Record; readonly put: (change: Record, field?: string) => void }) {
  const some = (names: readonly string[]) => (names.length > 0 ? names : undefined);
  switch (value.kind) {
    case 'created':
      return null;
    case 'state':
      return (
        <>
          <NamesField label={says.to} description={says.any} kind="state" of={type} value={value.to ?? []} change={(to) => put(write(value, 'to', some(to)))} />
          <NamesField label={says.from} description={says.any} kind="state" of={type} value={value.from ?? []} change={(from) => put(write(value, 'from', some(from)))} />
        </>
      );
    case 'changed':
      return <PathField label={says.field} description={says.fieldMore} value={value.field} change={(field) => put(write(value, 'field', field), 'field')} />;
    case 'clock':
      return (
        <>
          <DurationField label={says.after} units={ELAPSED} value={value.after} change={(after) => after && put({ ...value, after }, 'after')} />
          <NamesField label={says.while} description={says.whileMore} kind="state" of={type} value={value.state ?? []} change={(state) => put(write(value, 'state', some(state)))} />
          <YesNoField label={says.unchanged} value={value.without_change} change={(next) => put(write(value, 'without_change', next))} />
        </>
      );
    default:
      return value satisfies never;
  }
}
