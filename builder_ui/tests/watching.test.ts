import { describe, expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { TRIGGER } from '../src/graph/paths';
import type { NodeFigures, Report, Visit } from '../src/watching/asks';
import { countUnreached, sayByChannel } from '../src/watching/byChannel';
import { buildFunnel, came, compare, compareCosts, lift, listMainPath, rank, sumOf } from '../src/watching/funnel';
import { buildOverlay, markSteps, weigh } from '../src/watching/marks';
import { sayReason } from '../src/watching/reasons';
import { addDay, fillDays, nameSpan, readOwn, readSpan, SPANS, writeRange, writeVersion } from '../src/watching/scope';
import { buildTrail, listSteps } from '../src/watching/trail';

const journey = {
  format: 1, key: 'j', name: 'J', trigger: { kind: 'event', event: 'Signed Up' }, start: 'hello',
  nodes: {
    hello: { kind: 'send_email', template: 'hello', class: 'transactional', next: 'wait' },
    wait: { kind: 'wait', for: 'P1D', next: 'ask' },
    ask: { kind: 'branch', paths: [{ label: 'yes', when: { attribute: 'plan', op: 'is', value: 'pro' }, next: 'pro' }], otherwise: { next: 'free' } },
    pro: { kind: 'send_email', template: 'pro', class: 'transactional' },
    free: { kind: 'send_email', template: 'free', class: 'transactional' },
  },
} as unknown as Journey;

const at = (entered: number, paths: Record<string, number> = {}, more: Partial<NodeFigures> = {}): NodeFigures =>
  ({ entered, moved_in: 0, waiting: 0, set_aside: 0, completed: 0, exited: {}, paths, ...more });
const letters = { channel: 'email', queued: 0, sent: 90, delivered: 0, opened: 45, clicked: 9, bounced: 0, replied: 0, skipped: 6, cancelled: 0, failed: 3, uncertain: 1, reasons: {}, channels: { email: { sent: 90, skipped: 6, failed: 3 } }, costs: null };
const report: Report = {
  version: 1, since: null, until: null, entered: 100, moved_in: 0, moved_out: 0, active: 10, elsewhere: 0, completed: 80, set_aside: 0, exited: { cancelled: 10 }, refused: {},
  nodes: { hello: at(100, { next: 100 }), wait: at(100, { next: 80 }, { waiting: 10 }), ask: at(80, { yes: 20, otherwise: 60 }), pro: at(20), free: at(60, { next: 60 }, { set_aside: 2 }) },
  goals: { bought: { reached: 25, value: '250' } }, messages: { hello: letters }, experiments: {}, holdout: null,
};

describe('several channels', () => {
  const channels = { sms: { sent: 6, skipped: 2, failed: 0 }, email: { sent: 7, skipped: 7, failed: 1 } };

  it('says by which how many got it, and how many none has reached', () => {
    expect(sayByChannel(channels)).toBe('7 E-mail · 6 Text');
    expect(countUnreached(channels)).toBe(2);
    expect(sayByChannel({ email: { sent: 0, skipped: 3, failed: 0 } })).toBe('0');
    expect(countUnreached({})).toBe(0);
  });

  it('shows these on the card instead of each refusal', () => {
    const tried = { ...report, messages: { hello: { ...letters, sent: 13, opened: 0, clicked: 0, skipped: 9, failed: 1, uncertain: 0, channels } } };
    const overlay = buildOverlay(journey, tried, () => undefined, () => ({ color: 'indigo', title: 'T' }));
    expect(overlay.nodes['hello']!.map(({ words }) => words)).toEqual(['7 E-mail · 6 Text', '2 not reached']);
  });
});

describe('a funnel', () => {
  it('follows the way that most have taken', () => {
    expect(listMainPath(journey, report)).toEqual(['hello', 'wait', 'ask', 'free']);
    const other = { ...report, nodes: { ...report.nodes, ask: at(80, { yes: 41, otherwise: 39 }) } };
    expect(listMainPath(journey, other).at(-1)).toBe('pro');
  });

  it('begins with the entry and never shows more than came', () => {
    const bars = buildFunnel(journey, report);
    expect(bars[0]).toEqual({ node: null, people: 100 });
    expect(bars.map(({ people }) => people)).toEqual([100, 100, 100, 80, 60]);
  });

  it('ends where a way leads back to where it was', () => {
    const loop = { ...journey, nodes: { ...journey.nodes, free: { kind: 'go_to', next: 'wait' } } } as unknown as Journey;
    expect(listMainPath(loop, report)).toEqual(['hello', 'wait', 'ask', 'free']);
  });

  it('is empty of a journey without a start', () => expect(listMainPath({ ...journey, start: undefined } as unknown as Journey, report)).toEqual([]));
});

describe('two versions side by side', () => {
  const shorter = { ...journey, nodes: { hello: journey.nodes!['hello'] } } as Journey;
  const rows = compare([{ journey, report }, { journey: shorter, report: { ...report, goals: {}, completed: 7, nodes: { hello: at(9, {}, { moved_in: 1 }) } } }]);

  it('has a line for how it ended, each goal and each step', () => expect(rows.map(({ what, name }) => name || what)).toEqual(['completed', 'exited', 'bought', 'hello', 'wait', 'ask', 'pro', 'free']));
  it('says what one of them lacks', () => {
    expect(rows.find(({ name }) => name === 'bought')?.parts).toEqual([25, null]);
    expect(rows.find(({ name }) => name === 'wait')?.parts).toEqual([100, null]);
    expect(rows.find(({ name }) => name === 'hello')?.parts).toEqual([100, 10]);
  });
});

describe('what the texts of two versions have cost', () => {
  const costs = (micro: number) => ({ texts: 1, parts: 2, billed: { EUR: micro }, estimated: {}, unpriced: 0 });
  const sending = (...several: readonly ReturnType<typeof costs>[]) => ({ report: { ...report, messages: Object.fromEntries(several.map((one, place) => [`text${place}`, { costs: one }])) } as unknown as Report });

  it('is the sum over all steps, those too that the version drawn lacks', () => expect(compareCosts([sending(costs(3), costs(4)), { report }])).toEqual([{ texts: 2, parts: 4, billed: { EUR: 7 }, estimated: {}, unpriced: 0 }, null]));
  it('is not spoken of where neither sent any', () => expect(compareCosts([{ report }, { report }])).toBeNull());
});

describe('figures', () => {
  it('are summed and put in order', () => {
    expect(sumOf({ a: 1, b: 2 })).toBe(3);
    expect(rank({ a: 1, b: 5, c: 2 }).map(([name]) => name)).toEqual(['b', 'c', 'a']);
    expect(came({ ...report, moved_in: 5 })).toBe(105);
  });
  it('say by how much a group does better', () => {
    expect(lift({ people: 100, reached: 30 }, { people: 50, reached: 10 })).toBeCloseTo(0.5);
    expect(lift({ people: 100, reached: 30 }, { people: 50, reached: 0 })).toBeNull();
    expect(lift({ people: 0, reached: 0 }, { people: 50, reached: 5 })).toBeNull();
  });
});

describe('what is laid over the canvas', () => {
  const asked: unknown[] = [];
  const show = (one: unknown, title: string) => () => void asked.push([one, title]);
  const overlay = buildOverlay(journey, report, show, () => ({ color: 'orange', title: 'T' }));
  const words = (key: string) => overlay.nodes[key]?.map((mark) => mark.words);

  it('counts who entered, who is here, and what became of letters', () => {
    expect(words(TRIGGER)).toEqual(['100 entered']);
    expect(words('hello')).toEqual(['90 sent', '50% opened', '10% clicked', '6 skipped', '4 failed']);
    expect(words('wait')).toEqual(['100 entered', '10 here now']);
    expect(words('free')).toEqual(['60 entered', '2 set aside']);
  });

  it('warns in colours', () => expect(overlay.nodes['hello']?.slice(3).map(({ color }) => color)).toEqual(['orange', 'red']));

  it('shows whom a count counts', () => {
    overlay.nodes['wait']?.[1]?.open?.();
    overlay.nodes['hello']?.[3]?.open?.();
    expect(asked).toEqual([[{ node: 'wait', status: 'inside' }, 'Here now: T'], [{ node: 'hello', message: 'skipped' }, 'Skipped: T']]);
    const closed = buildOverlay(journey, report, () => undefined, () => ({ color: 'orange', title: 'T' }));
    expect(Object.values(closed.nodes).flat().filter(({ open }) => open)).toEqual([]);
  });

  it('says the share of each way where there are several', () => {
    expect(overlay.lines['ask/paths/0']).toBe('20 · 25%');
    expect(overlay.lines['hello']).toBe('100');
  });

  it('draws a line as broad as what went over it', () => {
    const weights = weigh(journey, report);
    expect([weights[TRIGGER], weights['wait'], weights['ask/paths/0']]).toEqual([1, 0.8, 0.2]);
  });

  it('is empty without a report', () => expect(buildOverlay(journey, null, show, () => ({ color: '', title: '' })).nodes).toEqual({}));
});

describe('the path of a person', () => {
  const visit = (node: string, way: string | null, when: string, more: Partial<Visit> = {}): Visit => ({ node, way, at: when, kind: 'wait', visit: 1, sentence: '', details: [], ...more });
  const visits = [visit('hello', 'next', '1'), visit('wait', null, '1'), visit('wait', null, '2', { details: ['asked again'] }), visit('wait', 'next', '3'), visit('ask', 'yes', '3'), visit('pro', null, '3')];

  it('is one step for each stay', () => {
    expect(listSteps(visits).map(({ node, from, to, way }) => [node, from, to, way])).toEqual([['hello', '1', '1', 'next'], ['wait', '1', '3', 'next'], ['ask', '3', '3', 'yes'], ['pro', '3', null, null]]);
    expect(listSteps(visits)[1]?.details).toEqual(['asked again']);
  });

  it('keeps a second visit apart', () => {
    const round = [visit('wait', null, '1'), visit('wait', 'next', '2'), visit('wait', null, '3', { visit: 2 })];
    expect(listSteps(round).length).toBe(2);
  });

  it('is drawn over the steps and lines that it went', () => {
    const trail = buildTrail(journey, listSteps(visits), 'pro');
    expect([...trail.nodes].sort()).toEqual([TRIGGER, 'ask', 'hello', 'pro', 'wait'].sort());
    expect([...trail.lines].sort()).toEqual([TRIGGER, 'ask/paths/0', 'hello', 'wait'].sort());
  });

  it('says where the person is', () => {
    const steps = listSteps([visit('wait', null, '2026-03-25T12:00:00Z')]);
    expect(markSteps(steps, false)['wait']?.length).toBe(2);
    expect(markSteps(steps, true)['wait']?.length).toBe(1);
  });
});

describe('what figures are of', () => {
  it('is written as the server asks for it', () => {
    expect([writeVersion(null), writeVersion(2), writeVersion('all')]).toEqual([{}, { version: 2 }, { version: 'all' }]);
    expect([writeRange(null), writeRange({ days: 7 })]).toEqual([{}, { days: 7 }]);
  });
  it('reads what the picker says', () => {
    for (const days of SPANS) expect(nameSpan(readSpan(String(days)))).toBe(String(days));
    expect([nameSpan(readSpan('all')), nameSpan({ since: '2026-01-01', until: '2026-01-02' })]).toEqual(['all', 'own']);
    expect([readOwn('2026-01-02', '2026-01-01'), readOwn('', '2026-01-01')]).toEqual([null, null]);
    expect(readOwn('2026-01-01', '2026-01-01')).toEqual({ since: '2026-01-01', until: '2026-01-01' });
  });
  it('leaves out no day', () => {
    const day = (name: string) => ({ day: name });
    const names = (days: readonly { readonly day: string }[]) => days.map((one) => one.day);
    expect(names(fillDays([day('2026-02-27')], null, '2026-03-01', day))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(names(fillDays([], { days: 2 }, '2026-03-01', day))).toEqual(['2026-02-28', '2026-03-01']);
    expect(names(fillDays([], { since: '2026-01-01', until: '2026-01-02' }, '2026-03-01', day))).toEqual(['2026-01-01', '2026-01-02']);
    expect(fillDays([], null, '2026-03-01', day)).toEqual([]);
    expect(addDay('2026-03-29', 1)).toBe('2026-03-30');
  });
});

describe('reasons', () => {
  it('are said in words, and a journey’s own stay as they are', () => {
    expect(sayReason('exited', 'ejected')).toBe('A colleague took them out');
    expect(sayReason('exited', 'went_quiet')).toBe('went quiet');
    expect(sayReason('exited', 'constructor')).toBe('constructor');
    expect(sayReason('cancelled', 'journey_stopped')).not.toBe('journey stopped');
  });
});
