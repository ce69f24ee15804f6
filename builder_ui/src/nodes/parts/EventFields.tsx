import { NameSelect } from '../../fields/NameSelect';
import { TextField } from '../../fields/TextField';
import { FIELD_PATH } from '../../fields/MapField';
import { write } from '../../fields/write';
import type { Where } from '../../generated/journey';
import { words } from '../../words/language';
import { WhereField } from '../../rules/WhereField';

const says = words({
  en: { event: 'Event', key: 'Where it carries the entry key', keyMore: 'Such as properties.cart_id; empty: as the trigger says.', wrong: 'Names joined by dots, such as properties.cart_id' },
  de: { event: 'Ereignis', key: 'Wo es den Eintrittsschlüssel trägt', keyMore: 'Etwa properties.cart_id; leer: wie der Auslöser sagt.', wrong: 'Namen mit Punkten dazwischen, etwa properties.cart_id' },
});

export const isFieldPath = (text: string): boolean => FIELD_PATH.test(text);

type Matched = { readonly event: string; readonly where?: Where; readonly match_key?: string };

/** An event, perhaps only with certain properties, perhaps about the same cart or ticket. */
export function EventFields<Match extends Matched>({ label = says.event, match, change, hasKey }: { readonly label?: string; readonly match: Match; readonly change: (match: Match, field?: string) => void; readonly hasKey: boolean }) {
  return (
    <>
      <NameSelect label={label} kind="event" value={match.event} change={(event) => change({ ...match, event }, 'event')} />
      <WhereField event={match.event} value={match.where} change={(where) => change(write(match, 'where', where as Match['where'] | undefined))} />
      {hasKey && <PathField label={says.key} description={says.keyMore} value={match.match_key} change={(key) => change(write(match, 'match_key', key as Match['match_key'] | undefined), 'match_key')} />}
    </>
  );
}

/** Names joined by dots; empty means none. */
export function PathField({ label, description, value, change }: { readonly label: string; readonly description?: string; readonly value: string | undefined; readonly change: (path: string | undefined) => void }) {
  return (
    <TextField label={label} {...(description === undefined ? {} : { description })} isCode value={value ?? ''} check={(text) => (text === '' || isFieldPath(text) ? null : says.wrong)} change={(text) => change(text === '' ? undefined : text)} />
  );
}
