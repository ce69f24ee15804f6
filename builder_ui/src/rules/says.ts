// The words of the rule builder; those of whole sentences stand in graph/words.
import type { Op } from '../generated/journey';
import { plural, words } from '../words/language';
import type { GroupKind, LeafKind, Measure } from './edit';

export const says = words({
  en: {
    leaves: {
      attribute: 'Contact attribute', event: 'Event', segment: 'Segment', consent: 'Consent', message: 'Message of this journey', template: 'Message of any journey',
      trigger: 'What started it', context: 'Found out earlier', subject: 'Record', property: 'Property',
    } as Readonly<Record<LeafKind, string>>,
    names: {
      attribute: 'Attribute', event: 'Event', segment: 'Segment', consent: 'Topic', message: 'Sent by', template: 'Template',
      trigger: 'Field of the trigger', context: 'Name in the context', subject: 'Field of the record', property: 'Property',
    } as Readonly<Record<LeafKind, string>>,
    groups: { all: 'All of these', any: 'Any of these', none: 'None of these' } as Readonly<Record<GroupKind, string>>,
    operators: {
      is: 'is', is_not: 'is not', in: 'is one of', not_in: 'is none of', contains: 'contains', not_contains: 'does not contain', starts_with: 'starts with', ends_with: 'ends with',
      matches: 'matches the pattern', gt: 'is more than', gte: 'is at least', lt: 'is less than', lte: 'is at most', between: 'is between', exists: 'is known', missing: 'is not known',
      is_true: 'is yes', is_false: 'is no', before: 'is before', after: 'is after', on: 'is on', within_last: 'was within the last', within_next: 'is within the next',
      anniversary_within: 'has its anniversary within', has_any: 'has any of', has_all: 'has all of',
    } as Readonly<Record<Op, string>>,
    measures: {
      done: 'happened', not_done: 'did not happen', count: 'how often', sum: 'sum of …', average: 'average of …', minimum: 'lowest …', maximum: 'highest …', first: 'first time', last: 'last time',
    } as Readonly<Record<Measure, string>>,
    consent: { subscribed: 'said yes', not_subscribed: 'did not say yes', unsubscribed: 'said no', unanswered: 'never answered' } as Readonly<Record<string, string>>,
    membership: { member: 'is in it', not_member: 'is not in it' } as Readonly<Record<string, string>>,
    fates: {
      sent: 'was sent', delivered: 'was delivered', opened: 'was opened', clicked: 'was clicked', bounced: 'bounced', replied: 'was replied to',
      not_sent: 'was not sent', not_delivered: 'was not delivered', not_opened: 'was not opened', not_clicked: 'was not clicked', not_bounced: 'did not bounce', not_replied: 'was not replied to',
    } as Readonly<Record<string, string>>,
    channels: { email: 'e-mail', sms: 'text', push: 'push', chat: 'chat' } as Readonly<Record<string, string>>,
    kind: 'What is asked about', operator: 'How it is compared', value: 'Value', group: 'How these belong together', measure: 'What is asked of the event', property: 'Of the property', channel: 'Channel', fate: 'What became of it',
    low: 'From', high: 'To', day: 'Day', time: 'Time (UTC)', ignoreCase: 'Upper and lower case are the same', within: 'Only within the last', addWindow: 'Within a time …', addFilter: 'Only where …', removeFilter: 'Remove the filter', filter: 'Only where',
    others: 'Seldom fits', fitting: 'Fits', addCondition: 'Condition', addGroup: 'Group', more: 'More for this condition', moreGroup: 'More for this group', remove: 'Remove', wrap: 'Put into a group', unwrap: 'Take out of the group', up: 'Move up', down: 'Move down',
    unfinished: 'Not kept yet: something is missing.', full: 'A condition has at most 100 questions.', notYet: 'Not chosen yet', sentence: 'In words', pattern: 'Such as ^[A-Z]+-[0-9]+$',
    begin: 'Add a condition', everybody: 'Everybody', clear: 'Remove all conditions',
    of: (of: string, share: string) => `of ${of} contacts (${share})`, matching: (n: number) => plural(n, 'contact now', 'contacts now'), atLeast: (n: string) => `at least ${n}`,
    looked: (n: string) => `among the ${n} newest; asking everybody takes too long`, counting: 'Counting …', choose: 'Choose what is still empty, then it is counted.',
    cannot: (what: string) => `Cannot be counted now: ${what} known only once a contact is in the journey.`,
    private: { trigger: 'what started it is', context: 'what was found out earlier is', subject: 'the record is', message: 'what became of its messages is' } as Readonly<Record<string, string>>,
    sample: 'Such as', count: 'How many contacts', single: (n: string) => `${n} contacts`,
  },
  de: {
    leaves: {
      attribute: 'Attribut des Kontakts', event: 'Ereignis', segment: 'Segment', consent: 'Einwilligung', message: 'Nachricht dieser Journey', template: 'Nachricht irgendeiner Journey',
      trigger: 'Was sie ausgelöst hat', context: 'Vorher herausgefunden', subject: 'Datensatz', property: 'Eigenschaft',
    },
    names: {
      attribute: 'Attribut', event: 'Ereignis', segment: 'Segment', consent: 'Thema', message: 'Gesendet von', template: 'Vorlage',
      trigger: 'Feld des Auslösers', context: 'Name im Kontext', subject: 'Feld des Datensatzes', property: 'Eigenschaft',
    },
    groups: { all: 'Alle davon', any: 'Mindestens eine davon', none: 'Keine davon' },
    operators: {
      is: 'ist', is_not: 'ist nicht', in: 'ist eins von', not_in: 'ist keins von', contains: 'enthält', not_contains: 'enthält nicht', starts_with: 'beginnt mit', ends_with: 'endet mit',
      matches: 'passt auf das Muster', gt: 'ist mehr als', gte: 'ist mindestens', lt: 'ist weniger als', lte: 'ist höchstens', between: 'liegt zwischen', exists: 'ist bekannt', missing: 'ist nicht bekannt',
      is_true: 'ist ja', is_false: 'ist nein', before: 'liegt vor', after: 'liegt nach', on: 'ist am', within_last: 'lag in den letzten', within_next: 'liegt in den nächsten',
      anniversary_within: 'jährt sich binnen', has_any: 'hat eins von', has_all: 'hat alle von',
    },
    measures: {
      done: 'ist geschehen', not_done: 'ist nicht geschehen', count: 'wie oft', sum: 'Summe von …', average: 'Durchschnitt von …', minimum: 'kleinster Wert von …', maximum: 'größter Wert von …', first: 'zum ersten Mal', last: 'zuletzt',
    },
    consent: { subscribed: 'hat zugestimmt', not_subscribed: 'hat nicht zugestimmt', unsubscribed: 'hat abgelehnt', unanswered: 'hat nie geantwortet' },
    membership: { member: 'ist darin', not_member: 'ist nicht darin' },
    fates: {
      sent: 'wurde gesendet', delivered: 'wurde zugestellt', opened: 'wurde geöffnet', clicked: 'wurde angeklickt', bounced: 'kam zurück', replied: 'wurde beantwortet',
      not_sent: 'wurde nicht gesendet', not_delivered: 'wurde nicht zugestellt', not_opened: 'wurde nicht geöffnet', not_clicked: 'wurde nicht angeklickt', not_bounced: 'kam nicht zurück', not_replied: 'wurde nicht beantwortet',
    },
    channels: { email: 'E-Mail', sms: 'SMS', push: 'Push', chat: 'Chat' },
    kind: 'Wonach gefragt wird', operator: 'Wie verglichen wird', value: 'Wert', group: 'Wie diese zusammengehören', measure: 'Was am Ereignis gefragt wird', property: 'Der Eigenschaft', channel: 'Kanal', fate: 'Was daraus wurde',
    low: 'Von', high: 'Bis', day: 'Tag', time: 'Uhrzeit (UTC)', ignoreCase: 'Groß- und Kleinschreibung ist gleich', within: 'Nur innerhalb der letzten', addWindow: 'Innerhalb einer Zeit …', addFilter: 'Nur wenn …', removeFilter: 'Filter entfernen', filter: 'Nur wenn',
    others: 'Passt selten', fitting: 'Passt', addCondition: 'Bedingung', addGroup: 'Gruppe', more: 'Mehr zu dieser Bedingung', moreGroup: 'Mehr zu dieser Gruppe', remove: 'Entfernen', wrap: 'In eine Gruppe setzen', unwrap: 'Aus der Gruppe nehmen', up: 'Nach oben', down: 'Nach unten',
    unfinished: 'Noch nicht gesichert: etwas fehlt.', full: 'Eine Bedingung hat höchstens 100 Fragen.', notYet: 'Noch nicht gewählt', sentence: 'In Worten', pattern: 'Etwa ^[A-Z]+-[0-9]+$',
    begin: 'Bedingung hinzufügen', everybody: 'Alle', clear: 'Alle Bedingungen entfernen',
    of: (of: string, share: string) => `von ${of} Kontakten (${share})`, matching: (n: number) => plural(n, 'Kontakt jetzt', 'Kontakte jetzt'), atLeast: (n: string) => `mindestens ${n}`,
    looked: (n: string) => `unter den ${n} neuesten; alle zu fragen dauert zu lange`, counting: 'Wird gezählt …', choose: 'Wählen Sie, was noch leer ist, dann wird gezählt.',
    cannot: (what: string) => `Lässt sich jetzt nicht zählen: ${what} erst bekannt, wenn ein Kontakt in der Journey ist.`,
    private: { trigger: 'Was sie ausgelöst hat, ist', context: 'Was vorher herausgefunden wurde, ist', subject: 'Der Datensatz ist', message: 'Was aus ihren Nachrichten wurde, ist' },
    sample: 'Zum Beispiel', count: 'Wie viele Kontakte', single: (n: string) => `${n} Kontakte`,
  },
});
