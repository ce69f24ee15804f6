import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Condition, Node, Trigger } from '../src/generated/journey';

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'de' });
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

it.each<[Node, string]>([
  [{ kind: 'wait', until: { at: '09:00', weekdays: workdays, days_ahead: 1 } }, 'Warten bis 09:00 an einem Werktag: ab morgen, in der eigenen Zeitzone'],
  [{ kind: 'wait', until: { at: '18:30', weekdays: ['sat', 'mon'], days_ahead: 3 } }, 'Warten bis 18:30 am Montag oder Samstag: ab 3 Tagen voraus, in der eigenen Zeitzone'],
  [{ kind: 'wait', until: { from: '09:00', to: '17:00', weekdays: ['sat', 'sun'], skip_holidays: true } }, 'Warten bis zwischen 09:00 und 17:00 am Wochenende: in der eigenen Zeitzone, nicht an Feiertagen'],
  [{ kind: 'wait', for: 'P3D' }, '3 Tage warten: jeder für sich'],
  [{ kind: 'wait', until: { attribute: 'plan.renews_on', offset: '-P7D', at: '09:00' }, on_missing: 'exit' }, 'Warten bis 7 Tage vor „renews on“ um 09:00: wer kein solches Datum hat, geht hinaus'],
  [{ kind: 'wait_for', paths: [{ label: 'a', event: 'Order Completed' }], timeout: { after: 'P7D' } }, 'Warten auf „Order Completed“: bis zu 7 Tagen'],
  [{ kind: 'wait_for', paths: [{ label: 'a', event: '' }], choose: 'ranked', timeout: { after: 'P2D' } }, 'Warten auf etwas: 2 Tage lang, dann der höchste Pfad, der kam'],
  [{ kind: 'branch', paths: [{ label: 'a', when: { attribute: 'plan', op: 'in', value: ['pro', 'team'] } }] }, 'plan ist eins von pro, team?: 1 Pfad, oder sonst'],
  [{ kind: 'split', paths: [{ label: 'A', weight: 70 }, { label: 'B', weight: 30 }] }, 'Nach Zufall aufteilen: 70 % A · 30 % B'],
  [{ kind: 'send_email', template: 'hello', topic: 'news' }, '„hello“ senden: Thema news'],
  [{ kind: 'send_sms', template: '', class: 'transactional' }, 'Eine noch nicht gewählte SMS senden: transaktional'],
  [{ kind: 'send_first', tries: [{ channel: 'sms', template: 'a' }, { channel: 'email', template: 'b' }], topic: 'news' }, 'SMS, sonst E-Mail: Thema news'],
  [{ kind: 'wait', until: { best_hour: 'contact', from: '08:00', to: '21:00' } }, 'Auf die beste Stunde des Kontakts warten: zwischen 08:00 und 21:00, in der eigenen Zeitzone, 10:00, wenn es niemand weiß'],
  [{ kind: 'webhook', endpoint: 'shop' }, 'shop aufrufen: POST, und auf die Antwort warten'],
  [{ kind: 'update_contact', set: { plan: 'pro' }, unset: ['trial'] }, 'plan setzen: trial entfernen'],
  [{ kind: 'tag', add: ['vip'], remove: ['new'] }, 'Mit vip versehen: und new entfernen'],
  [{ kind: 'consent', topic: 'tips', channel: 'email', choice: 'subscribed', confirmed_by: 'ask' }, 'Für tips anmelden: per email, wenn „ask“ angeklickt wurde'],
  [{ kind: 'score', score: 'interest', by: -3, floor: 0 }, '3 von interest abziehen: mindestens 0'],
  [{ kind: 'emit_event', event: 'Lead Warmed' }, '„Lead Warmed“ melden: '],
  [{ kind: 'start_journey', journey: '' }, 'Noch nichts starten: für diesen Kontakt'],
  [{ kind: 'stop_journey', journey: 'nurturing', entry_key: { $: 'entry_key' } }, 'nurturing beenden: die dieses Eintrittsschlüssels'],
  [{ kind: 'throttle', at_most: 100, per: 'P2D' }, 'Höchstens 100 in 2 Tagen: die anderen warten, bis sie an der Reihe sind'],
  [{ kind: 'notify', to: 'owner', text: 'Hallo' }, 'owner benachrichtigen: Hallo'],
  [{ kind: 'ask', to: 'owner', text: '', due: { after: 'P3D' } }, 'owner fragen: bis zu 3 Tagen'],
  [{ kind: 'goal', goal: 'bought' }, 'Ziel erreicht: bought: und weitergehen'],
  [{ kind: 'leave', reason: 'done' }, 'Verlassen: done: die Journey endet hier'],
  [{ kind: 'go_to', next: 'nudge', at_most: 3 }, 'Zu nudge springen: höchstens 3-mal'],
])('says the node %j', async (node, said) => {
  const { describeNode } = await import('../src/nodes/registry');
  const { title, more } = describeNode(node);
  expect(`${title}: ${more}`).toBe(said);
});

it.each<[Trigger, string]>([
  [{ kind: 'event', event: 'Ticket Closed', entry_key: 'properties.ticket_id' }, 'Wenn „Ticket Closed“ geschieht: einmal je ticket id'],
  [{ kind: 'absence', after: { event: 'Product Added' }, without: { event: 'Order Completed' }, within: 'P2D' }, '„Product Added“, und kein „Order Completed“: binnen 2 Tagen'],
  [{ kind: 'inactivity', no: 'any', for: 'P30D' }, 'Nichts seit 30 Tagen: gar keine Aktivität'],
  [{ kind: 'segment', segment: 'vip', change: 'left' }, 'Verlässt das Segment „vip“: in dem Moment, in dem es geschieht'],
  [{ kind: 'attribute', attribute: 'plan', to: 'pro' }, '„plan“ ändert sich: auf "pro"'],
  [{ kind: 'date', attribute: 'renews_on', offset: '-P7D', at: '09:00', repeat: 'yearly' }, '7 Tage vor „renews on“: jedes Jahr, um 09:00 in der eigenen Zeitzone'],
  [{ kind: 'message', channel: 'sms' }, 'Eine SMS kommt an: von wem auch immer'],
  [{ kind: 'record', type: 'ticket', change: { kind: 'clock', after: 'P3D', without_change: true, state: ['open'] } }, 'ticket open seit 3 Tagen ohne Änderung: je ticket für sich'],
  [{ kind: 'schedule', cron: '0 9 * * mon', timezone: 'contact', audience: { segment: 'vip', op: 'member' } }, 'Nach Zeitplan: 0 9 * * mon: alle in ihrer eigenen Zeitzone'],
  [{ kind: 'journey', from: ['lead'] }, 'Durch eine andere Journey: durch lead'],
  [{ kind: 'manual' }, 'Von Hand: ein Kollege lässt Personen ein'],
  [{ kind: 'api' }, 'Durch einen Aufruf: ein anderes System lässt Personen ein'],
])('says the trigger %j', async (trigger, said) => {
  const { sayTrigger } = await import('../src/graph/words');
  const { title, more } = sayTrigger(trigger);
  expect(`${title}: ${more}`).toBe(said);
});

it.each<[Condition, string]>([
  [{ all: [{ attribute: 'plan', op: 'is', value: 'pro' }, { none: [{ segment: 'vip', op: 'member' }] }] }, 'plan ist pro und nicht (Mitglied von vip)'],
  [{ any: [{ all: [{ attribute: 'a', op: 'exists' }, { attribute: 'b', op: 'is', value: true }] }, { event: 'Order', op: 'not_done', within: 'P14D' }] }, '(a ist bekannt und b ist ja) oder kein Order in den letzten 14 Tagen'],
  [{ event: 'Order', measure: 'sum', of: 'total', op: 'between', value: [5, 9], where: { property: 'paid', op: 'is_true' } }, 'Summe von total bei Order (paid ist wahr) zwischen 5 und 9'],
  [{ event: 'Order', measure: 'last', op: 'within_last', value: 'P3D' }, 'Order zuletzt in den letzten 3 Tagen'],
  [{ consent: 'news', channel: 'email', op: 'unanswered' }, 'news per E-Mail: hat nie geantwortet'],
  [{ message: 'nudge', op: 'not_clicked' }, 'nudge nicht angeklickt'],
])('says the condition %j', async (condition, said) => {
  const { sayCondition } = await import('../src/graph/words');
  expect(sayCondition(condition)).toBe(said);
});

it('says what takes people out', async () => {
  const { sayExits } = await import('../src/graph/words');
  expect(sayExits({ format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' }, exits: [{ event: 'any', reason: 'aktiv' }, { event: 'Order' }] })).toEqual(['Jede Aktivität → aktiv', '„Order“ → Ereignis zum Ausstieg']);
});
