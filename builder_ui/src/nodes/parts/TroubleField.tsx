import { ChoiceField } from '../../fields/ChoiceField';
import type { Way } from '../../generated/journey';
import { words } from '../../words/language';

const says = words({
  en: { continue: 'Go on', exit: 'Leave the journey', way: 'Take a way of its own' },
  de: { continue: 'Weitergehen', exit: 'Die Journey verlassen', way: 'Einen eigenen Weg nehmen' },
});

type Trouble = 'continue' | 'exit' | Way;

/** What to do when something did not work; where a way of its own leads is chosen among the ways out. */
export function TroubleField<Value extends Trouble>({ label, description, value, choices, usual, change }: {
  readonly label: string;
  readonly description?: string;
  readonly value: Value | undefined;
  readonly choices: readonly ('continue' | 'exit')[];
  /** What it means when nothing is said. */
  readonly usual: 'continue' | 'exit' | null;
  readonly change: (value: Value | undefined) => void;
}) {
  const word = value === 'continue' ? 'continue' : value === 'exit' ? 'exit' : null;
  const chosen: 'continue' | 'exit' | 'way' = word ?? (value === undefined ? (usual ?? 'way') : 'way');
  const choose = (next: 'continue' | 'exit' | 'way') => {
    if (next === chosen && value !== undefined) return;
    change((next === 'way' ? {} : next === usual ? undefined : next) as Value | undefined);
  };
  return (
    <ChoiceField label={label} {...(description === undefined ? {} : { description })} value={chosen} change={choose}
      choices={[...choices.map((each) => ({ value: each, label: says[each] })), { value: 'way' as const, label: says.way }]} />
  );
}
