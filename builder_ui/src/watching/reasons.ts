// Reasons in words: of the lists of docs/reasons.md, and else as the journey itself has written them.
import { words } from '../words/language';

export type ReasonList = 'refused' | 'exited' | 'skipped' | 'cancelled' | 'failed' | 'uncertain';

const LISTS = words<Readonly<Record<ReasonList, Readonly<Record<string, string>>>>>({
  en: {
    refused: {
      no_entry_key: 'The event had no entry key', own_effect: 'The journey caused the event itself', chain_too_long: 'Journeys were starting one another', part_gone: 'The entry condition asks about something deleted', filter: 'The entry condition was not true',
      entered_before: 'Had been in before', inside: 'Was inside already', too_soon: 'Too soon after the last time', full: 'The journey was full', not_yet: 'Not yet; asked again later', exit_before_entry: 'What ends it had come before',
    },
    exited: {
      unsubscribed: 'Unsubscribed', message_skipped: 'A message was skipped', message_failed: 'A message failed', call_failed: 'A call failed', date_missing: 'The date to wait for was missing', anchor_changed: 'The date of the contact changed', loop_limit: 'Went round too often',
      missed_while_paused: 'Missed its time during a pause', stopped_by_journey: 'Taken out by another journey', journey_edited: 'Its place was edited away', journey_stopped: 'The journey was stopped', ejected: 'Taken out by a colleague', merged: 'Merged with another contact', contact_deleted: 'The contact was deleted',
    },
    skipped: {
      journey_ended: 'Had left the journey', contact_deleted: 'The contact was deleted', expired: 'Was held too long', no_address: 'No address', unconfirmed: 'Address not confirmed', unsubscribed: 'Unsubscribed', no_consent: 'No consent', suppressed: 'Address is never written to', holdout: 'Held out, to compare', quiet_hours: 'Quiet hours', repeated: 'The same message came too often',
    },
    cancelled: { left: 'Left the journey first', journey_ended: 'Left the journey first', journey_stopped: 'The journey was stopped', journey_deleted: 'The journey was deleted', contact_deleted: 'The contact was deleted' },
    failed: { no_template: 'The template is gone', render: 'A value was missing, or the template is broken', refused: 'The provider refused it', account: 'The provider did not let us in', too_often: 'No answer after all tries', crashed: 'Broke its worker', no_endpoint: 'The endpoint is gone' },
    uncertain: { worker_died: 'A worker died while handing it over', no_answer: 'The provider neither took nor refused it', contact_deleted: 'The contact was deleted meanwhile' },
  },
  de: {
    refused: {
      no_entry_key: 'Dem Ereignis fehlte der Eintrittsschlüssel', own_effect: 'Die Journey hat das Ereignis selbst ausgelöst', chain_too_long: 'Journeys haben einander gestartet', part_gone: 'Die Eintrittsbedingung fragt nach etwas Gelöschtem', filter: 'Die Eintrittsbedingung traf nicht zu',
      entered_before: 'War schon einmal darin', inside: 'War gerade schon darin', too_soon: 'Zu bald nach dem letzten Mal', full: 'Die Journey war voll', not_yet: 'Noch nicht; wird später erneut gefragt', exit_before_entry: 'Was sie beendet, war schon geschehen',
    },
    exited: {
      unsubscribed: 'Abgemeldet', message_skipped: 'Eine Nachricht wurde übersprungen', message_failed: 'Eine Nachricht scheiterte', call_failed: 'Ein Aufruf scheiterte', date_missing: 'Das Datum zum Warten fehlte', anchor_changed: 'Das Datum des Kontakts hat sich geändert', loop_limit: 'Zu oft im Kreis gegangen',
      missed_while_paused: 'Zeitpunkt während einer Pause verpasst', stopped_by_journey: 'Von einer anderen Journey beendet', journey_edited: 'Die Stelle gibt es nicht mehr', journey_stopped: 'Die Journey wurde gestoppt', ejected: 'Von Hand herausgenommen', merged: 'Mit einem anderen Kontakt vereint', contact_deleted: 'Der Kontakt wurde gelöscht',
    },
    skipped: {
      journey_ended: 'Hatte die Journey verlassen', contact_deleted: 'Der Kontakt wurde gelöscht', expired: 'Zu lange zurückgehalten', no_address: 'Keine Adresse', unconfirmed: 'Adresse nicht bestätigt', unsubscribed: 'Abgemeldet', no_consent: 'Keine Einwilligung', suppressed: 'Gesperrte Adresse', holdout: 'Vergleichsgruppe', quiet_hours: 'Ruhezeit', repeated: 'Dieselbe Nachricht kam zu oft',
    },
    cancelled: { left: 'Hat die Journey vorher verlassen', journey_ended: 'Hat die Journey vorher verlassen', journey_stopped: 'Die Journey wurde gestoppt', journey_deleted: 'Die Journey wurde gelöscht', contact_deleted: 'Der Kontakt wurde gelöscht' },
    failed: { no_template: 'Die Vorlage fehlt', render: 'Ein Wert fehlte, oder die Vorlage ist fehlerhaft', refused: 'Der Anbieter hat sie abgelehnt', account: 'Der Anbieter hat uns nicht eingelassen', too_often: 'Nach allen Versuchen keine Antwort', crashed: 'Hat ihren Worker abstürzen lassen', no_endpoint: 'Der Endpunkt fehlt' },
    uncertain: { worker_died: 'Ein Worker starb bei der Übergabe', no_answer: 'Der Anbieter hat weder angenommen noch abgelehnt', contact_deleted: 'Der Kontakt wurde währenddessen gelöscht' },
  },
});

/** What a reason means; a journey's own words stay as they are. */
export function sayReason(list: ReasonList, code: string): string {
  return Object.hasOwn(LISTS[list], code) ? LISTS[list][code]! : code.replaceAll('_', ' ');
}
