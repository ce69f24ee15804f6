import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { copyNodes, readClip } from '../src/graph/edit/clipboard';
import { begin, close, type History, isKept, keep, redo, take, undo } from '../src/graph/edit/history';
import { keyForKind } from '../src/graph/edit/keys';
import { type EditStep, steps } from '../src/graph/edit/steps';
import { listNodes, pathsOf, TRIGGER } from '../src/graph/paths';
import { dice, journeys, pick } from './arbitrary';

const type = (history: History<string>, text: string, field: string | null = 'name') => take(history, text, 'Change the name', field);

describe('a history', () => {
  it('goes back and forth, and forgets what was undone when another step is taken', () => {
    let history = take(take(begin('a'), 'b', 'One'), 'c', 'Two');
    expect(history.past?.label).toBe('Two');
    history = undo(history);
    expect([history.present, history.past?.label, history.future?.label]).toEqual(['b', 'One', 'Two']);
    expect(redo(history).present).toBe('c');
    history = take(history, 'd', 'Three');
    expect([history.future, redo(history)]).toEqual([null, history]);
    history = undo(undo(undo(history)));
    expect(history.present).toBe('a');
    expect(undo(history)).toBe(history);
  });

  it('takes typing in one field back at once', () => {
    const typed = type(type(type(begin(''), 'a'), 'ab'), 'abc');
    expect(undo(typed)).toMatchObject({ present: '', past: null });
    expect(redo(undo(typed)).present).toBe('abc');
  });

  it('begins another step in another field, after a pause, and after going back', () => {
    const typed = type(begin(''), 'a');
    expect(undo(type(typed, 'ab', 'text')).present).toBe('a');
    expect(undo(type(close(typed), 'ab')).present).toBe('a');
    expect(undo(type(undo(type(close(typed), 'ab')), 'ax')).present).toBe('a');
    expect(undo(type(type(begin(''), 'a', null), 'ab', null)).present).toBe('a');
  });

  it('knows whether what stands there is kept', () => {
    const one = take(begin('a'), 'b', 'One');
    expect([isKept(begin('a')), isKept(one), isKept(undo(one)), isKept(keep(one, 'b')), isKept(undo(keep(one, 'b')))]).toEqual([true, false, true, true, false]);
  });

  it('counts what changes nothing as no step', () => {
    const history = begin('a');
    expect(take(history, 'a', 'Nothing')).toBe(history);
  });

  it('has no limit', () => {
    let history = begin(0);
    for (let step = 1; step <= 20_000; step += 1) history = take(history, step, 'Count');
    while (history.past) history = undo(history);
    expect(history.present).toBe(0);
  });
});

/** Any gesture that the journey allows, chosen by numbers. */
function chooseStep(journey: Journey, [gesture, first, second]: readonly [number, number, number]): EditStep {
  const nodes = listNodes(journey);
  const key = keyForKind(journey, 'wait');
  const wait = { kind: 'wait', for: 'P1D' } as const;
  if (nodes.length === 0) return steps.add(key, wait);
  const [name, node] = pick(nodes, first);
  const target = pick(nodes, second)[0];
  const way = pick([{ node: TRIGGER, at: [] as const }, ...pathsOf(node).map(({ at }) => ({ node: name, at }))], second);
  return pick<() => EditStep>([
    () => steps.add(key, wait, { x: first % 1000, y: second % 1000 }),
    () => steps.insert(way, key, wait),
    () => steps.connect(way, target),
    () => steps.disconnect(way),
    () => steps.remove([name, target]),
    () => steps.duplicate([name, target]),
    () => steps.paste(readClip(copyNodes(journey, [name, target]))!, { x: 5, y: 5 }),
    () => steps.rename(name, key),
    () => steps.move({ [name]: { x: 1, y: 1 } }),
    () => steps.tidyUp(),
    () => steps.change(name, { ...node, note: String(second) }, 'note'),
    () => steps.changeJourney({ name: `J ${first}` }, 'name'),
  ], gesture)();
}

const gestures = fc.array(fc.tuple(fc.nat(11), dice, dice), { maxLength: 8 });

describe('steps in a row', () => {
  it('are undone one by one, down to the letter, and done again', () => {
    fc.assert(fc.property(journeys, gestures, (journey, chosen) => {
      let history = begin(journey);
      const before: string[] = [];
      for (const numbers of chosen) {
        const { label, change } = chooseStep(history.present, numbers);
        const text = JSON.stringify(history.present);
        const next = take(history, change(history.present), label);
        expect(JSON.stringify(history.present)).toBe(text);
        if (next !== history) before.push(text);
        history = next;
      }
      const after = history.present;
      for (const text of before.reverse()) {
        history = undo(history);
        expect(JSON.stringify(history.present)).toBe(text);
      }
      expect(history.present).toBe(journey);
      while (history.future) history = redo(history);
      expect(history.present).toBe(after);
    }));
  });

  it('leave no way and no place to a node that is not there', () => {
    fc.assert(fc.property(journeys, gestures, (journey, chosen) => {
      const edited = chosen.reduce((done, numbers) => chooseStep(done, numbers).change(done), journey);
      const keys = new Set(listNodes(edited).map(([key]) => key));
      const led = listNodes(edited).flatMap(([, node]) => pathsOf(node).flatMap(({ next }) => next ?? []));
      for (const key of [...led, ...(edited.start ? [edited.start] : []), ...Object.keys(edited.layout ?? {})]) expect(keys).toContain(key);
    }), { numRuns: 50 });
  });
});

it('names each step as people would', () => {
  const wait = { kind: 'wait', for: 'P1D' } as const;
  expect(steps.remove(['welcome']).label).toBe('Delete “Welcome”');
  expect(steps.remove(['a', 'b']).label).toBe('Delete 2 steps');
  expect(steps.insert({ node: TRIGGER, at: [] }, 'wait-2', wait).label).toBe('Insert “Wait 2”');
  expect(steps.rename('mail10', 'ten_percent').label).toBe('Rename “Mail10” to “Ten percent”');
  expect(steps.change('wait-2', wait, 'for')).toMatchObject({ label: 'Change “Wait 2”', field: 'wait-2/for' });
  expect(steps.changeJourney({ name: 'X' }, 'name')).toMatchObject({ label: 'Change the journey', field: '(trigger)/name' });
});

it('sees no step in a setting that is so already', () => {
  const journey: Journey = { format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' } };
  expect(steps.changeJourney({ name: 'J', trigger: journey.trigger }).change(journey)).toBe(journey);
  expect(steps.changeJourney({ name: 'K' }).change(journey)).toEqual({ ...journey, name: 'K' });
});
