import { NameSelect } from '../../fields/NameSelect';
import { TextField } from '../../fields/TextField';
import { words } from '../../words/language';
import { DataField } from './DataField';

const says = words({
  en: { to: 'Whom', toMore: 'owner, team:NAME, role:NAME or user:NAME.', chatMore: 'owner, team:NAME, role:NAME, user:NAME, or chat:NAME for a chat of the setting SOJOURN_CHAT.', text: 'Text', textMore: '{{ name }} stands for a value below.', data: 'Values in the text' },
  de: { to: 'Wen', toMore: 'owner, team:NAME, role:NAME oder user:NAME.', chatMore: 'owner, team:NAME, role:NAME, user:NAME oder chat:NAME für einen Chat der Einstellung SOJOURN_CHAT.', text: 'Text', textMore: '{{ name }} steht für einen Wert darunter.', data: 'Werte im Text' },
});
type Told = { readonly to: string; readonly text: string; readonly data?: { readonly [name: string]: unknown } };

/** Which colleague is told or asked, and in which words. */
export function ColleagueFields({ told: { to, text, data }, mayChat = false, change }: { readonly mayChat?: boolean;  readonly told: Told; readonly change: (part: { readonly to?: string; readonly text?: string; readonly data?: Told['data'] | undefined }, field: string) => void }) {
  return (
    <>
      <NameSelect label={says.to} description={mayChat ? says.chatMore : says.toMore} kind={mayChat ? 'told' : 'colleague'} value={to} change={(next) => change({ to: next }, 'to')} />
      <TextField label={says.text} description={says.textMore} rows={3} value={text} change={(next) => change({ text: next }, 'text')} />
      <DataField label={says.data} value={data} change={(next) => change({ data: next }, 'data')} />
    </>
  );
}
