// Two people and a bad network by chance: nobody's work is overwritten unless somebody who saw it said so.
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Draft, LONGEST_RETRY, PAUSE } from '../src/drafts/draft';
import { steps } from '../src/graph/edit/steps';
import { type Fate, Server } from './draftServer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const fate = fc.constantFrom<Fate>('answered', 'lost before', 'lost after', 'held', 'given up');
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.constant('edit' as const) },
  { weight: 4, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.record({ fate }) },
  fc.constantFrom('undo', 'redo', 'flush', 'somebody else saves', 'let one go', 'keep mine', 'take theirs'),
);

it('loses nothing, and is on the server in the end', async () => {
  await fc.assert(fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
    const server = new Server();
    const draft = await Draft.load(server, 'j');
    const unseen = new Set<string>();
    const lost: string[] = [];
    server.replaced = ({ name }) => void (unseen.has(name) && lost.push(name));
    let count = 0;
    const edit = () => draft.edit(steps.changeJourney({ name: `mine ${++count}` }));
    const choose = (choice: () => void) => {
      const { theirs } = draft.read();
      if (theirs) unseen.delete(theirs.name);
      choice();
    };
    for (const one of happenings) {
      if (typeof one === 'object') server.fates.push(one.fate);
      else if (one === 'edit') edit();
      else if (one === 'wait') await vi.advanceTimersByTimeAsync(2 * PAUSE);
      else if (one === 'undo') draft.undo();
      else if (one === 'redo') draft.redo();
      else if (one === 'flush') draft.flush();
      else if (one === 'let one go') server.held.shift()?.();
      else if (one === 'keep mine') choose(() => draft.keepMine());
      else if (one === 'take theirs') choose(() => draft.takeTheirs());
      else {
        const name = `theirs ${++count}`;
        // Who saves has loaded what stands there.
        unseen.delete(server.document.name);
        server.meanwhile(name);
        unseen.add(name);
      }
    }
    server.fates = [];
    edit();
    for (let round = 0; round < 60 && (server.held.length > 0 || draft.read().status !== 'saved'); round += 1) {
      server.held.shift()?.();
      await vi.advanceTimersByTimeAsync(LONGEST_RETRY);
      if (draft.read().status === 'conflict') choose(() => draft.keepMine());
    }
    expect(lost).toEqual([]);
    expect([draft.read().status, server.document]).toEqual(['saved', draft.read().journey]);
    vi.clearAllTimers();
  }), { numRuns: 300 });
});
