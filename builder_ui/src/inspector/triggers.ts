// How each kind of trigger begins, in the order in which they are offered.
import type { Trigger } from '../generated/journey';
import { words } from '../words/language';

type Kind = Trigger['kind'];
type OfKind<K extends Kind> = Extract<Trigger, { readonly kind: K }>;

export const TRIGGER_NAMES: Readonly<Record<Kind, string>> = words({
  en: {
    event: 'Something happens', absence: 'Something happens and something else does not follow', inactivity: 'Silence for a while', segment: 'Enters or leaves a segment', attribute: 'An attribute changes', date: 'A date comes round',
    schedule: 'On a schedule', message: 'A message comes in', record: 'Something becomes of a ticket, deal or cart', journey: 'Another journey starts it', manual: 'By hand', api: 'By a call',
  },
  de: {
    event: 'Etwas geschieht', absence: 'Etwas geschieht und etwas anderes folgt nicht', inactivity: 'Stille eine Zeit lang', segment: 'Kommt in ein Segment oder verlässt es', attribute: 'Ein Attribut ändert sich', date: 'Ein Datum kommt',
    schedule: 'Nach Zeitplan', message: 'Eine Nachricht kommt an', record: 'Etwas wird aus einem Ticket, Deal oder Warenkorb', journey: 'Eine andere Journey startet sie', manual: 'Von Hand', api: 'Durch einen Aufruf',
  },
});

/** New triggers that the server keeps as they are; an empty name is one not chosen yet. */
export const BLANK_TRIGGERS: { readonly [K in Kind]: OfKind<K> } = {
  event: { kind: 'event', event: '' },
  absence: { kind: 'absence', after: { event: '' }, without: { event: '' }, within: 'PT1H' },
  inactivity: { kind: 'inactivity', no: 'any', for: 'P30D' },
  segment: { kind: 'segment', segment: '', change: 'entered' },
  attribute: { kind: 'attribute', attribute: 'plan' },
  date: { kind: 'date', attribute: 'born_on', at: '09:00', repeat: 'yearly' },
  schedule: { kind: 'schedule', cron: '0 9 * * mon', timezone: 'contact', audience: { segment: '', op: 'member' } },
  message: { kind: 'message' },
  record: { kind: 'record', type: '', change: { kind: 'created' } },
  journey: { kind: 'journey' },
  manual: { kind: 'manual' },
  api: { kind: 'api' },
};
