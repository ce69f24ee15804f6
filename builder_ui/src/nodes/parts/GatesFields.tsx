import { ChoiceField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { ELAPSED } from '../../fields/duration';
import { unlessEmpty, write } from '../../fields/write';
import type { Gates } from '../../generated/journey';
import { More } from '../../inspector/parts';
import { words } from '../../words/language';

const says = words({
  en: {
    quiet: 'In quiet hours', hold: 'Hold it back until they are over', skip: 'Skip it', ignore: 'Send it all the same',
    onCap: 'Over a sending limit', asLimit: 'As the limit says', capSkip: 'Skip it', capHold: 'Hold it back until there is room', capExit: 'Skip it and leave the journey', holdFor: 'At most', holdForMore: 'At most 7 days. If there will be no room in that time, it is skipped at once.', once: 'To one contact', onceAny: 'As often as the journey comes here', onceNode: 'Once from this step', onceJourney: 'This template once from this journey', onceTemplate: 'This template once, from any journey', onceMore: 'A second one is skipped, whenever and by which way it comes.',
    expires: 'Skip it when held longer than', unknown: 'If nobody knows whether it left', usual: 'As usual: resend transactional e-mail and pushes', resend: 'Send it again', no_resend: 'Do not send it again',
  },
  de: {
    quiet: 'In Ruhezeiten', hold: 'Zurückhalten, bis sie vorbei sind', skip: 'Auslassen', ignore: 'Trotzdem senden',
    onCap: 'Über einer Sendegrenze', asLimit: 'Wie die Grenze sagt', capSkip: 'Auslassen', capHold: 'Zurückhalten, bis wieder Platz ist', capExit: 'Auslassen und die Journey verlassen', holdFor: 'Höchstens', holdForMore: 'Höchstens 7 Tage. Wird in dieser Zeit kein Platz, so wird sie sofort ausgelassen.', once: 'An einen Kontakt', onceAny: 'So oft die Journey hierher kommt', onceNode: 'Einmal von diesem Schritt', onceJourney: 'Diese Vorlage einmal aus dieser Journey', onceTemplate: 'Diese Vorlage einmal, aus jeder Journey', onceMore: 'Eine zweite wird ausgelassen, wann und auf welchem Weg sie auch kommt.',
    expires: 'Auslassen, wenn länger zurückgehalten als', unknown: 'Wenn niemand weiß, ob sie hinausging', usual: 'Wie üblich: transaktionale E-Mails und Push erneut', resend: 'Erneut senden', no_resend: 'Nicht erneut senden',
  },
});

/** How long something is held is said only of what is held. */
function capped(gates: Gates, next: 'limit' | 'skip' | 'hold' | 'exit'): Gates {
  const chosen = write(gates, 'on_cap', next === 'limit' ? undefined : next);
  return next === 'hold' ? chosen : write(chosen, 'hold_for', undefined);
}

/** What to do with a message that may not leave now, folded away until something is said of it. */
export function GatesFields({ gates = {}, isMarketing, change }: { readonly gates: Gates | undefined; readonly isMarketing: boolean; readonly change: (gates: Gates | undefined) => void }) {
  const { quiet_hours, on_cap, hold_for, once_per, expires_after, unknown_outcome } = gates;
  const keep = (next: Gates) => change(unlessEmpty(next));
  return (
    <More isOpen={Object.keys(gates).length > 0}>
      <ChoiceField label={says.quiet} value={quiet_hours ?? 'hold'} change={(next) => keep(write(gates, 'quiet_hours', next === 'hold' ? undefined : next))}
        choices={[{ value: 'hold', label: says.hold }, { value: 'skip', label: says.skip }, { value: 'ignore', label: says.ignore }]} />
      {isMarketing && <ChoiceField label={says.onCap} value={on_cap ?? 'limit'} change={(next) => keep(capped(gates, next))}
        choices={[{ value: 'limit', label: says.asLimit }, { value: 'skip', label: says.capSkip }, { value: 'hold', label: says.capHold }, { value: 'exit', label: says.capExit }]} />}
      {isMarketing && on_cap === 'hold' && <DurationField label={says.holdFor} description={says.holdForMore} isOptional units={ELAPSED} value={hold_for} change={(next) => keep(write(gates, 'hold_for', next))} />}
      <ChoiceField label={says.once} description={once_per === undefined ? undefined : says.onceMore} value={once_per ?? 'any'} change={(next) => keep(write(gates, 'once_per', next === 'any' ? undefined : next))}
        choices={[{ value: 'any', label: says.onceAny }, { value: 'node', label: says.onceNode }, { value: 'journey', label: says.onceJourney }, { value: 'template', label: says.onceTemplate }]} />
      <DurationField label={says.expires} isOptional units={ELAPSED} value={expires_after} change={(next) => keep(write(gates, 'expires_after', next))} />
      <ChoiceField label={says.unknown} value={unknown_outcome ?? 'usual'} change={(next) => keep(write(gates, 'unknown_outcome', next === 'usual' ? undefined : next))}
        choices={[{ value: 'usual', label: says.usual }, { value: 'resend', label: says.resend }, { value: 'no_resend', label: says.no_resend }]} />
    </More>
  );
}
