import { expect, it } from 'vitest';

import type { Explained, Journeyed, Seen } from '../src/why/asks';
import { sayMessage, saySeen, sayVerdict } from '../src/why/verdict';

const title = (node: string) => node.toUpperCase();
const ONE = {
  id: 1, version: 1, entry_key: '', status: 'waiting', entered_at: '2026-03-02T10:00:00Z', node: 'rest', until: '2026-03-04T10:00:00Z', ended_at: null, reason: null, entry: '', sentence: '', visits: [], messages: [], late: [], goals: [],
} as unknown as Journeyed;
const SEEN = { event: 1, name: 'Came', occurred_at: '2026-03-01T10:00:00Z', received_at: '2026-03-01T10:00:00Z', mode: 'live', reason: null, enrollment: 1, sentence: '', details: [] } as Seen;
const LETTER = { channel: 'email', template: 'hello', state: 'sent', reason: null, sent_at: '2026-03-02T10:00:00Z', due_at: null } as Journeyed['messages'][number];
const WHY = { verdict: '', journey: { key: 'j', name: 'J', state: 'live', version: 1 }, contact: {}, trigger: '', seen: [], gates: [], refused: null, enrollments: [], text: '' } as unknown as Explained;

function verdict(change: Partial<Explained>) {
  const { words, tone } = sayVerdict({ ...WHY, ...change }, title);
  return [words, tone];
}

it('without an entry the trigger, the state and what was refused decide', () => {
  expect(verdict({})).toEqual(['They did not enter: what lets people in has not happened to them.', 'bad']);
  expect(verdict({ journey: { ...WHY.journey, version: null } })[0]).toBe('The journey was never published, so nobody has entered it.');
  expect(verdict({ journey: { ...WHY.journey, state: 'paused' } })[0]).toBe('The journey is paused, so nobody enters.');
  expect(verdict({ refused: { at: '', reason: 'filter', event: null, times: 1, sentence: '', details: [] } })[0]).toBe('They did not enter: the entry condition is not met.');
  expect(verdict({ seen: [{ ...SEEN, reason: 'where', enrollment: null }] })[0]).toMatch(/^“Came” of .* did not let them in: the event’s properties do not match/);
});

it('with an entry, what became of it decides', () => {
  expect(verdict({ enrollments: [ONE], seen: [SEEN] })[0]).toMatch(/^They are inside, at “REST”, until /);
  expect(verdict({ enrollments: [{ ...ONE, status: 'exited', reason: 'unsubscribed', until: null, ended_at: '2026-03-03T10:00:00Z' }] })[0]).toMatch(/^They left early at “REST” on .*: unsubscribed\.$/);
  expect(verdict({ enrollments: [{ ...ONE, status: 'exited', reason: 'Bought', until: null }] })[0]).toMatch(/: Bought\.$/);
  const done = verdict({ enrollments: [{ ...ONE, status: 'completed', until: null, ended_at: '2026-03-03T10:00:00Z', messages: [LETTER] }] });
  expect(done[0]).toMatch(/^The letter “hello” was sent on .* They went through to the end on /);
  expect(done[1]).toBe('good');
});

it('a message in trouble decides before where they are', () => {
  const skipped = { ...LETTER, state: 'skipped', reason: 'suppressed' };
  expect(verdict({ enrollments: [{ ...ONE, messages: [skipped] }] })).toEqual(['The letter “hello” was not sent: the address is on the suppression list.', 'bad']);
  expect(verdict({ enrollments: [ONE], journey: { ...WHY.journey, state: 'paused' } })[0]).toMatch(/the journey is paused/);
});

it('an event that let nobody in since decides before the entry', () => {
  const again = { ...SEEN, received_at: '2026-03-03T10:00:00Z', reason: 'inside', enrollment: null };
  const [words, tone] = verdict({ enrollments: [ONE], seen: [again] });
  expect(words).toMatch(/did not let them in: is inside this journey already\. They are inside/);
  expect(tone).toBe('open');
  expect(verdict({ enrollments: [ONE], seen: [{ ...again, received_at: '2026-03-01T10:00:00Z' }] })[0]).toMatch(/^They are inside/);
});

it('says events and messages by their state', () => {
  expect(saySeen(SEEN)).toMatch(/let them in\.$/);
  expect(saySeen({ ...SEEN, enrollment: null })).toMatch(/nothing stood against it/);
  expect(sayMessage({ ...LETTER, state: 'uncertain', reason: 'no_answer' })).toMatch(/^Nobody can know/);
  expect(sayMessage({ ...LETTER, state: 'failed', reason: null })).toMatch(/no reason is known/);
  expect(sayMessage({ ...LETTER, template: null, channel: 'webhook', state: 'cancelled', reason: 'left' })).toBe('The call was not sent: they left the journey before it was sent.');
});
