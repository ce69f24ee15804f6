import { ChoiceField, YesNoField } from '../fields/ChoiceField';
import { DurationField } from '../fields/DurationField';
import { ELAPSED } from '../fields/duration';
import { NumberField } from '../fields/NumberField';
import { unlessEmpty, write } from '../fields/write';
import type { Entry } from '../generated/journey';
import { OptionalRules } from '../rules/RuleBuilder';
import { words } from '../words/language';
import { More, Section, type PartProps } from './parts';

const says = words({
  en: {
    who: 'Who may enter', everybody: 'Everybody whom the trigger brings.', again: 'How often', reentry: 'Enters', never: 'once, ever', after_exit: 'again, after having left', notWithin: 'Not sooner after the last entry than', grace: 'Ask again for', graceMore: 'Where only “who may enter” is not true yet.',
    most: 'Entries in all, at most', mostMore: 'Empty: no limit. 0: nobody.', own: 'What this journey itself causes may let its contact in again',
  },
  de: {
    who: 'Wer eintreten darf', everybody: 'Alle, die der Auslöser bringt.', again: 'Wie oft', reentry: 'Tritt ein', never: 'ein einziges Mal', after_exit: 'wieder, nachdem er hinaus ist', notWithin: 'Frühestens nach dem letzten Eintritt', grace: 'Noch einmal fragen, bis zu', graceMore: 'Wo nur „Wer eintreten darf“ noch nicht zutrifft.',
    most: 'Eintritte insgesamt, höchstens', mostMore: 'Leer: ohne Grenze. 0: niemand.', own: 'Was diese Journey selbst auslöst, darf ihren Kontakt wieder einlassen',
  },
});

/** Who may enter, and how often. */
export function EntryForm({ journey, put, change }: PartProps) {
  const entry = journey.entry ?? {};
  const keep = (next: Entry, field?: string) => {
    const some = unlessEmpty(next);
    return some ? change({ entry: some }, field) : put(write(journey, 'entry', undefined));
  };
  const { when, grace, reentry, at_most, allow_own_effects } = entry;
  const mode = reentry?.mode ?? 'never';
  return (
    <>
      <Section title={says.who}>
        <OptionalRules condition={when} none={says.everybody} change={(next) => keep(next === undefined ? write(write(entry, 'when', undefined), 'grace', undefined) : write(entry, 'when', next), 'entry/when')} scope={{ journey }} />
        {when && <DurationField label={says.grace} description={says.graceMore} isOptional units={ELAPSED} value={grace} change={(next) => keep(write(entry, 'grace', next), 'entry/grace')} />}
      </Section>
      <Section title={says.again}>
        <ChoiceField label={says.reentry} value={mode} change={(next) => next !== mode && keep(write(entry, 'reentry', next === 'never' ? undefined : { mode: next }))} choices={[{ value: 'never', label: says.never }, { value: 'after_exit', label: says.after_exit }]} />
        {reentry?.mode === 'after_exit' && <DurationField label={says.notWithin} isOptional units={ELAPSED} value={reentry.not_within} change={(next) => keep(write(entry, 'reentry', write(reentry, 'not_within', next)), 'entry/reentry')} />}
        <More isOpen={at_most !== undefined || allow_own_effects === true}>
          <NumberField label={says.most} description={says.mostMore} isOptional min={0} value={at_most} change={(next) => keep(write(entry, 'at_most', next), 'entry/at_most')} />
          <YesNoField label={says.own} value={allow_own_effects} change={(next) => keep(write(entry, 'allow_own_effects', next))} />
        </More>
      </Section>
    </>
  );
}
