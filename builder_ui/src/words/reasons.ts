// Why the engine refused, skipped or ended something, in words: for every code of its closed lists (docs/reasons.md).
import type { REASONS } from '../generated/reasons';
import { words } from './language';

type Lists = typeof REASONS;
/** One of the engine's lists. A code can stand in several of them, meaning something else in each. */
export type ReasonList = keyof Lists;
type Words = { readonly [List in ReasonList]: { readonly [Code in Lists[List][number]]: string } };

const ALL = words<Words>({
  en: {
    Refusal: {
      no_entry_key: 'the event lacks the value that tells entries apart',
      own_effect: 'this journey caused the event itself',
      chain_too_long: 'journeys start each other in too long a chain',
      part_gone: 'the entry condition asks about a segment or template that is gone',
      filter: 'the entry condition is not met',
      entered_before: 'has been in this journey before, and may enter only once',
      inside: 'is inside this journey already',
      too_soon: 'the last entry was too recent',
      full: 'the journey has had as many entries as it may have',
      not_yet: 'the entry condition is not met yet; it is asked again',
      exit_before_entry: 'something that ends this journey came first',
    },
    Disregard: {
      where: 'the event’s properties do not match the trigger’s filter',
      history: 'the event came with an import, which starts no journey',
      too_old: 'the event had happened too long before it was told',
      not_live: 'the event came before the journey was published',
    },
    ExitReason: {
      unsubscribed: 'unsubscribed',
      message_skipped: 'a message could not be sent, and the journey ends then',
      message_failed: 'a message failed, and the journey ends then',
      call_failed: 'a webhook got no good answer, and the journey ends then',
      date_missing: 'the date to wait for is missing',
      anchor_changed: 'the date that let them in has changed',
      loop_limit: 'went round in a circle too often',
      missed_while_paused: 'became due while the journey was paused',
      ejected: 'a colleague took them out',
      stopped_by_journey: 'another journey took them out',
      journey_edited: 'the new version has no place for them',
      journey_stopped: 'the journey was stopped for everybody',
      merged: 'two contacts turned out to be one person',
      contact_deleted: 'the contact was deleted',
    },
    SkipReason: {
      journey_ended: 'had left the journey, or it was stopped',
      contact_deleted: 'the contact was deleted',
      expired: 'it became too old while it waited to be sent',
      no_address: 'no address for this channel',
      unconfirmed: 'the address is not confirmed',
      unsubscribed: 'unsubscribed from this topic',
      no_consent: 'no consent to this topic',
      paused: 'asked for a rest from marketing',
      suppressed: 'the address is on the suppression list',
      holdout: 'is in the comparison group that gets no marketing',
      already_sent: 'one of its kind had gone to them before',
      quiet_hours: 'it fell into the quiet hours',
      legal_hours: 'the law of the number’s region leaves no hour for it',
      opted_out: 'its reader answered a text with STOP',
      capped: 'a sending limit was used up',
      repeated: 'the same message had gone to them too often that day',
    },
    CancelReason: { left: 'they left the journey before it was sent' },
    FailReason: {
      no_template: 'its template is gone',
      render: 'the template could not be filled in',
      refused: 'the provider refused it for good',
      account: 'the provider does not accept our account',
      too_often: 'no success after all attempts',
      crashed: 'sending it crashed again and again',
      no_endpoint: 'the address to call is gone',
    },
    DoubtReason: {
      worker_died: 'sending broke off in the middle, so it may have left',
      no_answer: 'the provider gave no answer, so it may have left',
      contact_deleted: 'the contact was deleted while it was being sent',
    },
  },
  de: {
    Refusal: {
      no_entry_key: 'dem Ereignis fehlt der Wert, der Eintritte unterscheidet',
      own_effect: 'diese Journey hat das Ereignis selbst ausgelöst',
      chain_too_long: 'Journeys starten einander in zu langer Kette',
      part_gone: 'die Eintrittsbedingung fragt nach einem Segment oder einer Vorlage, die es nicht mehr gibt',
      filter: 'die Eintrittsbedingung ist nicht erfüllt',
      entered_before: 'war schon in dieser Journey und darf nur einmal eintreten',
      inside: 'ist schon in dieser Journey',
      too_soon: 'der letzte Eintritt ist noch nicht lange genug her',
      full: 'die Journey hatte so viele Eintritte, wie sie haben darf',
      not_yet: 'die Eintrittsbedingung ist noch nicht erfüllt; sie wird wieder gefragt',
      exit_before_entry: 'etwas, das diese Journey beendet, kam zuvor',
    },
    Disregard: {
      where: 'die Eigenschaften des Ereignisses passen nicht zum Filter des Auslösers',
      history: 'das Ereignis kam mit einem Import, der keine Journey startet',
      too_old: 'das Ereignis lag beim Eintreffen zu lange zurück',
      not_live: 'das Ereignis kam, bevor die Journey veröffentlicht war',
    },
    ExitReason: {
      unsubscribed: 'abgemeldet',
      message_skipped: 'eine Nachricht durfte nicht hinaus, und dann endet die Journey',
      message_failed: 'eine Nachricht schlug fehl, und dann endet die Journey',
      call_failed: 'ein Webhook bekam keine gute Antwort, und dann endet die Journey',
      date_missing: 'das Datum, auf das gewartet wird, fehlt',
      anchor_changed: 'das Datum, das sie eintreten ließ, ist jetzt ein anderes',
      loop_limit: 'ging zu oft im Kreis',
      missed_while_paused: 'wurde fällig, während die Journey pausiert war',
      ejected: 'von einer Kollegin herausgenommen',
      stopped_by_journey: 'eine andere Journey hat sie herausgenommen',
      journey_edited: 'die neue Version hat keinen Platz für sie',
      journey_stopped: 'die Journey wurde für alle beendet',
      merged: 'zwei Kontakte waren eine Person',
      contact_deleted: 'der Kontakt wurde gelöscht',
    },
    SkipReason: {
      journey_ended: 'hatte die Journey verlassen, oder sie wurde beendet',
      contact_deleted: 'der Kontakt wurde gelöscht',
      expired: 'sie wurde zu alt, während sie auf den Versand wartete',
      no_address: 'keine Adresse für diesen Kanal',
      unconfirmed: 'die Adresse ist nicht bestätigt',
      unsubscribed: 'von diesem Thema abgemeldet',
      no_consent: 'keine Einwilligung zu diesem Thema',
      paused: 'hat um eine Werbepause gebeten',
      suppressed: 'die Adresse steht auf der Sperrliste',
      holdout: 'ist in der Vergleichsgruppe, die keine Werbung bekommt',
      already_sent: 'eine ihrer Art ging schon einmal hinaus',
      quiet_hours: 'es war Ruhezeit',
      legal_hours: 'das Recht der Region dieser Nummer lässt keine Zeit dafür',
      opted_out: 'die Person hat auf eine SMS STOP geantwortet',
      capped: 'eine Sendegrenze war erreicht',
      repeated: 'dieselbe Nachricht ging an diesem Tag schon zu oft hinaus',
    },
    CancelReason: { left: 'die Journey wurde verlassen, bevor sie hinausging' },
    FailReason: {
      no_template: 'ihre Vorlage gibt es nicht mehr',
      render: 'die Vorlage ließ sich nicht ausfüllen',
      refused: 'der Anbieter hat sie endgültig abgelehnt',
      account: 'der Anbieter nimmt unser Konto nicht an',
      too_often: 'kein Erfolg nach allen Versuchen',
      crashed: 'das Senden brach immer wieder zusammen',
      no_endpoint: 'die aufzurufende Adresse gibt es nicht mehr',
    },
    DoubtReason: {
      worker_died: 'das Senden brach mittendrin ab; vielleicht ging sie hinaus',
      no_answer: 'der Anbieter hat nicht geantwortet; vielleicht ging sie hinaus',
      contact_deleted: 'der Kontakt wurde gelöscht, während sie hinausging',
    },
  },
});

/** A reason in words. One that a journey gives in words of its own stays as it is written. */
export function sayReason(code: string, ...lists: readonly ReasonList[]): string {
  for (const list of lists.length > 0 ? lists : (Object.keys(ALL) as ReasonList[])) {
    const said: Readonly<Record<string, string>> = ALL[list];
    if (Object.hasOwn(said, code)) return said[code]!;
  }
  return code;
}
