import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Refused } from '../src/api/client';
import { Draft, LONGEST_RETRY, PAUSE } from '../src/drafts/draft';
import { isSame } from '../src/drafts/same';
import { draftServer } from '../src/drafts/server';
import { useDraft, watchPage } from '../src/drafts/useDraft';
import { steps } from '../src/graph/edit/steps';
import { Server, start } from './draftServer';

let server: Server;
let draft: Draft;
const name = (text: string) => draft.edit(steps.changeJourney({ name: text }, 'name'));
const pass = (milliseconds = PAUSE) => vi.advanceTimersByTimeAsync(milliseconds);
const see = () => `${draft.read().journey.name} ${draft.read().status}`;
const stands = () => `${server.document.name} at ${server.revision}`;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new Server();
  draft = await Draft.load(server, 'j');
});
afterEach(() => vi.useRealTimers());

describe('a draft', () => {
  it('is saved after a pause, once for all that was typed, on the revision it began from', async () => {
    expect(see()).toBe('0 saved');
    name('1');
    await pass(PAUSE - 1);
    name('12');
    await pass(PAUSE - 1);
    expect([see(), server.saves]).toEqual(['12 unsaved', []]);
    await pass(1);
    expect([see(), server.saves, stands()]).toEqual(['12 saved', ['12 on 1'], '12 at 2']);
    name('3');
    await pass();
    expect(server.saves).toEqual(['12 on 1', '3 on 2']);
    await pass(10 * LONGEST_RETRY);
    expect(server.saves).toHaveLength(2);
  });

  it('is not saved where an undo has come back to what is kept', async () => {
    name('1');
    draft.undo();
    expect(see()).toBe('0 saved');
    await pass();
    expect(server.saves).toEqual([]);
    draft.redo();
    await pass();
    expect(stands()).toBe('1 at 2');
  });

  it('says what would be undone and redone', () => {
    name('1');
    draft.closeField();
    name('2');
    draft.undo();
    expect(draft.read()).toMatchObject({ undo: 'Change the journey', redo: 'Change the journey', journey: { name: '1' } });
    draft.undo();
    draft.undo();
    expect(draft.read()).toMatchObject({ undo: null, journey: { name: '0' } });
  });

  it('takes edits while a save is under way, and saves them next', async () => {
    server.fates = ['held'];
    name('1');
    await pass();
    name('2');
    expect(see()).toBe('2 saving');
    await pass(10 * PAUSE);
    expect(server.saves).toEqual(['1 on 1']);
    server.held.shift()!();
    await pass(0);
    expect([see(), stands()]).toEqual(['2 unsaved', '1 at 2']);
    await pass();
    expect([see(), stands(), server.saves]).toEqual(['2 saved', '2 at 3', ['1 on 1', '2 on 2']]);
  });

  it('tells those who listen, and gives them the same view until something changes', async () => {
    const heard = vi.fn();
    const stop = draft.subscribe(heard);
    const view = draft.read();
    draft.edit(steps.changeJourney({ name: '0' }));
    expect(heard).not.toHaveBeenCalled();
    expect(draft.read()).toBe(view);
    name('1');
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
    await pass();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('stays as it was if an edit cannot be done', () => {
    expect(() => draft.edit(steps.rename('no', 'yes'))).toThrow('no node “no”');
    expect(see()).toBe('0 saved');
  });

  it('says why the server does not take it, and asks again after the next edit only', async () => {
    server.refusal = new Refused(422, 'this is not a journey');
    name('');
    await pass(LONGEST_RETRY);
    expect([see(), draft.read().problem, server.saves.length]).toEqual([' unsaved', 'this is not a journey', 1]);
    server.refusal = null;
    name('1');
    expect(draft.read().problem).toBeNull();
    await pass();
    expect(stands()).toBe('1 at 2');
  });
});

describe('without a network', () => {
  it('tries again, at longer and longer intervals', async () => {
    server.fates = Array.from({ length: 12 }, () => 'lost before' as const);
    name('1');
    await pass();
    expect(see()).toBe('1 offline');
    await pass(PAUSE + 2 * PAUSE + 4 * PAUSE);
    expect(server.saves).toHaveLength(4);
    await pass(4 * PAUSE);
    name('2');
    await pass(4 * PAUSE - 1);
    expect([see(), server.saves.length]).toEqual(['2 offline', 4]);
    await pass(1);
    expect(server.saves.length).toBe(5);
    await pass(12 * LONGEST_RETRY);
    expect([see(), stands()]).toEqual(['2 saved', '2 at 2']);
  });

  it('tries again at once when the network is back', async () => {
    server.fates = ['lost before', 'lost before', 'lost before'];
    name('1');
    await pass(4 * PAUSE);
    expect(see()).toBe('1 offline');
    draft.flush();
    await pass(0);
    expect([see(), stands()]).toEqual(['1 saved', '1 at 2']);
  });

  it('is over when the server answers, be it with a no', async () => {
    server.fates = ['lost before'];
    server.refusal = new Refused(422, 'this is not a journey');
    name('');
    await pass(LONGEST_RETRY);
    expect([see(), draft.read().problem, server.saves.length]).toEqual([' unsaved', 'this is not a journey', 2]);
  });

  it('recognises its own document if only the answer was lost', async () => {
    server.fates = ['lost after'];
    name('1');
    await pass();
    expect([see(), stands()]).toEqual(['1 offline', '1 at 2']);
    name('2');
    await pass(3 * PAUSE);
    expect([see(), stands()]).toEqual(['2 saved', '2 at 3']);
    expect(draft.read().theirs).toBeNull();
  });

  it('does not count as saved what may have been overwritten by a save without an answer', async () => {
    server.fates = ['lost after'];
    name('1');
    await pass();
    draft.undo();
    expect(see()).toBe('0 offline');
    await pass(3 * PAUSE);
    expect([see(), stands()]).toEqual(['0 saved', '0 at 3']);
  });

  it('is not confused by a save that arrives after a later one', async () => {
    server.fates = ['given up'];
    name('1');
    await pass();
    name('2');
    await pass(2 * PAUSE);
    expect(stands()).toBe('2 at 2');
    server.held.shift()!();
    expect(stands()).toBe('2 at 2');
    name('3');
    await pass();
    expect([see(), stands()]).toEqual(['3 saved', '3 at 3']);
  });

  it('nor by one that arrives after an undo that left nothing to change', async () => {
    server.fates = ['given up'];
    name('1');
    await pass();
    draft.undo();
    await pass(2 * PAUSE);
    expect([see(), stands()]).toEqual(['0 saved', '0 at 1']);
    server.held.shift()!();
    name('2');
    await pass(2 * PAUSE);
    expect([see(), stands()]).toEqual(['2 saved', '2 at 3']);
  });
});

describe('in a conflict', () => {
  beforeEach(async () => {
    server.meanwhile('theirs');
    name('mine');
    await pass();
  });

  it('nothing is saved until somebody chooses; edits go on', async () => {
    expect([see(), draft.read().theirs?.name]).toEqual(['mine conflict', 'theirs']);
    name('mine too');
    draft.flush();
    await pass(10 * LONGEST_RETRY);
    expect([see(), stands(), server.saves]).toEqual(['mine too conflict', 'theirs at 2', ['mine on 1']]);
  });

  it('mine goes over theirs if so chosen', async () => {
    draft.keepMine();
    await pass(0);
    expect([see(), stands(), draft.read().theirs]).toEqual(['mine saved', 'mine at 3', null]);
    draft.undo();
    await pass();
    expect([see(), stands()]).toEqual(['theirs saved', 'theirs at 4']);
    draft.undo();
    expect(see()).toMatch(/^mine /);
  });

  it('theirs stays if so chosen, and mine is one undo away', async () => {
    draft.takeTheirs();
    await pass(LONGEST_RETRY);
    expect([see(), stands(), server.saves.length]).toEqual(['theirs saved', 'theirs at 2', 1]);
    draft.undo();
    await pass();
    expect([see(), stands()]).toEqual(['mine saved', 'mine at 3']);
  });

  it('another one follows if somebody saves again before the choice', async () => {
    server.meanwhile('third');
    draft.keepMine();
    await pass(0);
    expect([see(), draft.read().theirs?.name, stands()]).toEqual(['mine conflict', 'third', 'third at 3']);
  });
});

describe('meeting another revision', () => {
  it('goes on where it says the same as was known', async () => {
    server.meanwhile('theirs');
    server.meanwhile('0');
    name('mine');
    await pass(2 * PAUSE);
    expect([see(), stands()]).toEqual(['mine saved', 'mine at 4']);
  });

  it('asks again later if theirs cannot be loaded, and saves nothing before', async () => {
    server.meanwhile('theirs');
    server.fates = ['answered', 'lost before'];
    name('mine');
    await pass();
    expect([see(), stands()]).toEqual(['mine offline', 'theirs at 2']);
    await pass(PAUSE);
    expect([see(), stands()]).toEqual(['mine conflict', 'theirs at 2']);
  });

  it('keeps what is typed while theirs is on its way', async () => {
    server.meanwhile('theirs');
    server.fates = ['answered', 'held'];
    name('mine');
    await pass();
    name('mine too');
    server.held.shift()!();
    await pass(0);
    expect([see(), draft.read().theirs?.name]).toEqual(['mine too conflict', 'theirs']);
  });
});

describe('a page', () => {
  const open = () => Object.assign(new EventTarget(), { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) });

  it('that is hidden or left saves at once', async () => {
    const page = open();
    watchPage(draft, page);
    name('1');
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(server.saves).toEqual([]);
    page.document.visibilityState = 'hidden';
    page.document.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('pagehide'));
    expect(server.saves).toEqual(['1 on 1, leaving']);
    await pass(0);
    expect(see()).toBe('1 saved');
  });

  it('that is hidden during a save saves the rest right after it', async () => {
    const page = open();
    watchPage(draft, page);
    server.fates = ['held'];
    name('1');
    await pass();
    name('2');
    page.dispatchEvent(new Event('pagehide'));
    server.held.shift()!();
    await pass(0);
    expect([see(), server.saves]).toEqual(['2 saved', ['1 on 1', '2 on 2, leaving']]);
    server.fates = ['held'];
    name('3');
    await pass();
    name('4');
    server.held.shift()!();
    await pass(0);
    expect(see()).toBe('4 unsaved');
  });

  it('asks before unsaved work is lost, and only then', async () => {
    const page = open();
    watchPage(draft, page);
    const leave = () => page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(true);
    name('1');
    expect(leave()).toBe(false);
    await pass();
    expect(leave()).toBe(true);
  });

  it('saves when the network is back, and when another page takes its place', async () => {
    const page = open();
    const stop = watchPage(draft, page);
    server.fates = ['lost before', 'lost before'];
    name('1');
    await pass(2 * PAUSE);
    page.dispatchEvent(new Event('online'));
    await pass(0);
    expect(stands()).toBe('1 at 2');
    name('2');
    stop();
    await pass(0);
    expect(stands()).toBe('2 at 3');
    name('3');
    page.dispatchEvent(new Event('pagehide'));
    expect(server.saves.at(-1)).toBe('2 on 2');
  });

  it('shows a draft by the hook', () => {
    const Shown = () => createElement('p', null, useDraft(draft).status);
    expect(renderToString(createElement(Shown))).toBe('<p>saved</p>');
  });
});

describe('over HTTP', () => {
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  const fetched = vi.fn<typeof fetch>();
  const asked = () => fetched.mock.lastCall![0] as Request;
  beforeEach(() => {
    fetched.mockReset();
    vi.stubGlobal('fetch', fetched);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('a save names the revision it began from', async () => {
    fetched.mockResolvedValue(answer(200, { revision: 8 }));
    expect(await draftServer.save('j', start, 7, false)).toEqual({ revision: 8 });
    const request = asked();
    expect([request.method, new URL(request.url).pathname, request.headers.get('If-Match')]).toEqual(['PUT', '/api/v1/journeys/j', '"7"']);
    expect(await request.text()).toBe(JSON.stringify({ document: start }));
    expect(request.keepalive).toBe(false);
  });

  it('the last one outlives its page, if browsers let it', async () => {
    fetched.mockImplementation(async () => answer(200, {}));
    await draftServer.save('j', start, 7, true);
    expect(asked().keepalive).toBe(true);
    await draftServer.save('j', { ...start, description: 'ü'.repeat(40_000) }, 7, true);
    expect(asked().keepalive).toBe(false);
  });

  it('a refusal says what the server says', async () => {
    fetched.mockResolvedValue(answer(409, { title: 'the draft is at revision 8, and 7 was edited' }));
    await expect(draftServer.save('j', start, 7, false)).rejects.toMatchObject({ status: 409, message: 'the draft is at revision 8, and 7 was edited' });
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(draftServer.load('j')).rejects.toMatchObject({ status: 0 });
  });
});

it.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: undefined }, {}, true],
  [{ for: 'PT60M', within: 'P1W', offset: '-P12M' }, { for: 'PT1H', within: 'P7D', offset: '-P1Y' }, true],
  ['P1D', 'PT24H', false],
  ['P1D', '-P1D', false],
  ['P', 'PT', false],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ constructor: 1 }, {}, false],
  ['1', 1, false],
])('%j says the same as %j: %s', (one, other, same) => expect(isSame(one, other)).toBe(same));
