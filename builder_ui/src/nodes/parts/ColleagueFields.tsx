import { NameSelect } from '../../fields/NameSelect';
import { TextField } from '../../fields/TextField';
import { words } from '../../words/language';
import { DataField } from './DataField';

const says = words({
  en: { to: 'Whom', toMore: 'owner, team:NAME, role:NAME or user:NAME.', text: 'Text', textMore: '{{ name }} stands for a value below.', data: 'Values in the text' },
  de: { to: 'Wen', toMore: 'owner, team:NAME, role:NAME oder user:NAME.', text: 'Text', textMore: '{{ name }} steht für einen Wert darunter.', data: 'Werte im Text' },
});
type Told = { readonly to: string; readonly text: string; readonly data?: { readonly [name: string]: unknown } };

/** Which colleague is told or asked, and in which words. */
export function ColleagueFields({ told: { to, text, data }, change }: { readonly told: Told; readonly change: (part: { readonly to?: string; readonly text?: string; readonly data?: Told['data'] | undefined }, field: string) => void }) {
  return (
    <>
      <NameSelect label={says.to} description={says.toMore} kind="colleague" value={to} change={(next) => change({ to: next }, 'to')} />
      <TextField label={says.text} description={says.textMore} rows={3} value={text} change={(next) => change({ text: next }, 'text')} />
      <DataField label={says.data} value={data} change={(next) => change({ data: next }, 'data')} />
    </>
  );
}
