// Sending limits in words, and as their form keeps them.
import { sayDuration } from '../graph/sayTimes';
import { words } from '../words/language';
import type { LimitShown } from './asks';

type Limit = Pick<LimitShown, 'most' | 'window' | 'channel' | 'topic' | 'policy' | 'hold_for'>;

export const says = words({
  en: {
    more: 'How much marketing one person gets at most, whatever journeys want. What a person expects, such as a receipt, always leaves.', create: 'New limit', edit: 'Change the limit', none: 'No sending limits yet', noneMore: 'Several journeys may write to the same person on the same day. A limit, such as three messages a week, keeps that in bounds: the message of the journey with the higher priority goes first.',
    most: 'Messages at most', mostMore: 'Empty: no limit. 0: none at all.', window: 'Within', windows: { day: 'A calendar day', week: 'A calendar week, from Monday', rolling: 'A length of time that rolls on' }, windowMore: 'Days and weeks are those of the person’s own time zone.', rollingMore: 'Exact time, up to 90 days: counted back from the moment at which a message would leave.', length: 'Length',
    channel: 'By', anyChannel: 'Any channel', channels: { email: 'E-mail', sms: 'SMS', push: 'Push' }, topic: 'About', anyTopic: 'Any topic', policy: 'What is over it', skip: 'is skipped', skipMore: 'It never leaves; its journey goes on.', hold: 'is held back', holdMore: 'It leaves as soon as there is room again, or is skipped if that takes too long.', holdFor: 'At most', holdForMore: 'At most 7 days, also if left empty.', counts: 'Transactional messages count too', countsMore: 'They always leave, but take up room.',
    over: 'Steps of journeys may say otherwise.', saved: 'The limit is saved.', remove: 'Remove', sure: (name: string) => `Remove “${name}”? What it holds back is looked at again at once.`, removed: 'The limit is removed.', missing: 'Say how long.', since: 'Messages count from the moment on at which the first limit is there.',
    messages: (n: number) => (n === 1 ? '1 marketing message' : `${n} marketing messages`), upTo: (what: string, window: string, by: string, about: string) => `At most ${what}${by}${about} ${window}`, never: (by: string, about: string) => `No marketing${by}${about} at all`, unlimited: 'No limit, as if there were none', byChannel: { email: ' by e-mail', sms: ' by SMS', push: ' by push' }, aboutTopic: (name: string) => ` about ${name}`, a: { day: 'in a calendar day', week: 'in a calendar week' }, within: (length: string) => `within ${length}`, heldFor: (length: string) => `held for up to ${length}`, skipped: 'skipped when over it', held: 'held when over it',
  },
  de: {
    more: 'Wie viel Werbung ein Mensch höchstens bekommt, was auch immer Journeys wollen. Was er erwartet, etwa eine Rechnung, geht immer hinaus.', create: 'Neue Grenze', edit: 'Grenze ändern', none: 'Noch keine Sendegrenzen', noneMore: 'Mehrere Journeys können demselben Menschen am selben Tag schreiben. Eine Grenze, etwa drei Nachrichten in der Woche, hält das im Rahmen: Die Nachricht der Journey mit höherem Vorrang geht zuerst hinaus.',
    most: 'Höchstens so viele Nachrichten', mostMore: 'Leer: keine Grenze. 0: gar keine.', window: 'In', windows: { day: 'einem Kalendertag', week: 'einer Kalenderwoche, ab Montag', rolling: 'einer mitlaufenden Zeitspanne' }, windowMore: 'Tage und Wochen gelten in der eigenen Zeitzone des Menschen.', rollingMore: 'Genaue Zeit, bis zu 90 Tage: zurückgezählt von dem Augenblick, in dem eine Nachricht hinausginge.', length: 'Länge',
    channel: 'Über', anyChannel: 'Jeden Kanal', channels: { email: 'E-Mail', sms: 'SMS', push: 'Push' }, topic: 'Zum Thema', anyTopic: 'Jedes Thema', policy: 'Was darüber hinausgeht', skip: 'wird ausgelassen', skipMore: 'Es geht nie hinaus; die Journey läuft weiter.', hold: 'wird zurückgehalten', holdMore: 'Es geht hinaus, sobald wieder Platz ist, oder wird ausgelassen, wenn das zu lange dauert.', holdFor: 'Höchstens', holdForMore: 'Höchstens 7 Tage, auch wenn es leer bleibt.', counts: 'Transaktionale Nachrichten zählen mit', countsMore: 'Sie gehen immer hinaus, nehmen aber Platz weg.',
    over: 'Schritte von Journeys können es anders bestimmen.', saved: 'Die Grenze ist gespeichert.', remove: 'Entfernen', sure: (name) => `„${name}“ entfernen? Was sie zurückhält, wird sofort neu geprüft.`, removed: 'Die Grenze ist entfernt.', missing: 'Sagen Sie, wie lang.', since: 'Nachrichten zählen von dem Augenblick an, in dem es die erste Grenze gibt.',
    messages: (n) => (n === 1 ? '1 Werbenachricht' : `${n} Werbenachrichten`), upTo: (what, window, by, about) => `Höchstens ${what}${by}${about} ${window}`, never: (by, about) => `Gar keine Werbung${by}${about}`, unlimited: 'Keine Grenze, als gäbe es sie nicht', byChannel: { email: ' per E-Mail', sms: ' per SMS', push: ' per Push' }, aboutTopic: (name) => ` zum Thema ${name}`, a: { day: 'an einem Kalendertag', week: 'in einer Kalenderwoche' }, within: (length) => `innerhalb von ${length}`, heldFor: (length) => `bis zu ${length} zurückgehalten`, skipped: 'darüber ausgelassen', held: 'darüber zurückgehalten',
  },
});

/** What a limit allows, in a sentence; a topic by its name. */
export function sayLimit({ most, window, channel, topic }: Limit, nameTopic: (key: string) => string): string {
  if (most === null) return says.unlimited;
  const by = channel === null ? '' : says.byChannel[channel];
  const about = topic === null ? '' : says.aboutTopic(nameTopic(topic));
  if (most === 0) return says.never(by, about);
  return says.upTo(says.messages(most), window === 'day' || window === 'week' ? says.a[window] : says.within(sayDuration(window, 'bent')), by, about);
}

/** What becomes of messages over a limit. */
export function sayOver({ policy, hold_for }: Limit): string {
  if (policy === 'skip') return says.skipped;
  return hold_for === null ? says.held : says.heldFor(sayDuration(hold_for, 'bent'));
}
