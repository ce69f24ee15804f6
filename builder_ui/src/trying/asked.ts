// What is asked of the simulator, of what was filled in: pure.
import type { Assumption, Described, Simulate } from '../generated/api';
import type { Journey, Node, NodeKey, Trigger } from '../generated/journey';
import { listNodes } from '../graph/paths';
import { readNeeds } from './needs';

export type Asked = Simulate;
/** A name and what was typed as its value. */
export type Row = { readonly name: string; readonly value: string };
export type Later = { readonly event: string; readonly after: string };
/** What becomes of a node's messages or calls, or what a colleague answers; how long after, empty: the usual. */
export type Assumed = { readonly what: string; readonly after: string };
export type Whom = 'described' | 'contact' | 'sample';

export type Setup = {
  readonly whom: Whom;
  readonly attributes: readonly Row[];
  readonly timezone: string;
  /** Topics that were said no to; of all others the answer is yes. */
  readonly refused: readonly string[];
  readonly later: readonly Later[];
  readonly contact: { readonly id: string; readonly label: string } | null;
  readonly sample: number;
  /** What has happened to them so many days back happens again; 0: they are let in at the start. */
  readonly replay: number;
  /** On the contact's clock: 2026-03-27T10:00. */
  readonly start: string;
  readonly days: number;
  readonly properties: readonly Row[];
  readonly assumed: Readonly<Record<NodeKey, Assumed>>;
};

export const MOST_SAMPLE = 5000;
export const LENGTHS = [1, 7, 30, 90, 365] as const;
const TOLD = 25;

/** Somebody to begin with, with a place for everything that the journey asks about them. */
export function blankSetup(journey: Journey, start: string, timezone: string): Setup {
  const { properties, entryKey, attributes } = readNeeds(journey);
  const known = [{ name: 'email', value: 'ann@example.com' }, { name: 'first_name', value: 'Ann' }, ...(listNodes(journey).some(([, node]) => node.kind === 'send_sms' || (node.kind === 'send_first' && node.tries.some(({ channel }) => channel === 'sms'))) ? [{ name: 'phone', value: '+4915123456789' }] : [])];
  const asked = attributes.filter((name) => name !== 'timezone' && known.every((row) => row.name !== name));
  return {
    whom: 'described', attributes: [...known, ...asked.map((name) => ({ name, value: '' }))], timezone, refused: [], later: [], contact: null, sample: 200, replay: 0, start, days: 30,
    properties: properties.map((name) => ({ name, value: name === entryKey ? '1' : '' })), assumed: {},
  };
}

/** A value as it was typed: true, false, null, numbers and JSON are what they look like, all else is text. */
export function readValue(typed: string): unknown {
  const text = typed.trim();
  if (/^(true|false|null|-?\d+(\.\d+)?|\{.*\}|\[.*\]|".*")$/s.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}

/** Rows as an object; a dotted name is a value inside another, and a row without a name or a value says nothing. */
export function readRows(rows: readonly Row[]): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const { name, value } of rows) {
    const names = name.trim().split('.');
    if (value.trim() === '' || names.some((one) => one === '' || one === '__proto__')) continue;
    let inside = whole;
    for (const one of names.slice(0, -1)) {
      const next = Object.hasOwn(inside, one) ? inside[one] : undefined;
      inside = (inside[one] = typeof next === 'object' && next !== null ? next : {}) as Record<string, unknown>;
    }
    inside[names.at(-1)!] = readValue(value);
  }
  return whole;
}

export type Assumable = { readonly key: NodeKey; readonly node: Node; readonly choices: readonly string[] };

/** The nodes of which something must be assumed, and what can be. */
export function listAssumable(journey: Journey): readonly Assumable[] {
  return listNodes(journey).flatMap(([key, node]): Assumable[] => {
    if (node.kind === 'send_email' || node.kind === 'send_first') return [{ key, node, choices: ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'failed'] }];
    if (node.kind === 'send_push') return [{ key, node, choices: ['sent', 'clicked', 'failed'] }];
    if (node.kind === 'send_sms') return [{ key, node, choices: ['sent', 'delivered', 'clicked', 'failed'] }];
    if (node.kind === 'webhook') return [{ key, node, choices: ['sent', 'failed'] }];
    if (node.kind === 'ask') return [{ key, node, choices: ['', ...(node.paths ?? []).map(({ label }) => label)] }];
    return [];
  });
}

/** Whether what has happened to real contacts can happen again: a colleague's or a program's own entries are no events. */
export function mayReplay(trigger: Trigger): boolean {
  return trigger.kind !== 'manual' && trigger.kind !== 'api';
}

/** What stands in the way of asking; null if nothing does. */
export function findLack(setup: Setup): 'contact' | 'start' | null {
  if (setup.whom === 'contact' && setup.contact === null) return 'contact';
  return setup.start === '' && (setup.whom === 'described' || setup.replay === 0) ? 'start' : null;
}

export function writeAsked(setup: Setup, journey: Journey): Asked {
  const assume = writeAssumed(setup, journey);
  const document = { ...journey };
  if (setup.whom === 'described') return { document, described: writeDescribed(setup, journey, assume), stories: TOLD };
  const whom = setup.whom === 'contact' ? { contacts: [setup.contact?.id ?? ''] } : { sample: setup.sample };
  const common = { document, ...whom, assume, properties: readRows(setup.properties), stories: TOLD };
  if (setup.replay > 0 && mayReplay(journey.trigger)) return { ...common, replay: `P${setup.replay}D` };
  return { ...common, from: new Date(setup.start).toISOString(), for: `P${setup.days}D` };
}

function writeDescribed(setup: Setup, journey: Journey, assume: Record<string, Assumption>): Described {
  const isPushed = listNodes(journey).some(([, node]) => node.kind === 'send_push');
  const choose = (yes: boolean) => (isPushed ? { email: yes, sms: yes, push: yes } : yes); // a plain yes is for letters and texts
  const consents = Object.fromEntries(readNeeds(journey).topics.map((topic) => [topic, choose(!setup.refused.includes(topic))]));
  const { given, before } = enterBy(journey.trigger, setup.start, readRows(setup.properties));
  const later = setup.later.filter(({ event }) => event.trim() !== '').map(({ event, after }) => ({ at: `+${after}`, event: event.trim(), properties: {} }));
  return {
    contact: { attributes: readRows(setup.attributes), consents, ...(isPushed ? { takes_pushes: true } : {}), ...(setup.timezone ? { timezone: setup.timezone } : {}) },
    before, given: [given, ...later], assume, until: `+P${setup.days}D`,
  } as Described;
}

function writeAssumed(setup: Setup, journey: Journey): Record<string, Assumption> {
  return Object.fromEntries(listAssumable(journey).flatMap(({ key, node, choices }): [string, Assumption][] => {
    const assumed = setup.assumed[key];
    if (!assumed || assumed.what === '' || !choices.includes(assumed.what)) return [];
    const after = assumed.after ? { after: assumed.after } : {};
    return [[key, (node.kind === 'ask' ? { chooses: assumed.what, ...after } : { fate: assumed.what, ...after }) as Assumption]];
  }));
}

type Entry = { readonly given: Record<string, unknown>; readonly before: readonly Record<string, unknown>[] };

/** What lets a described contact in, by the trigger. */
function enterBy(trigger: Trigger, at: string, properties: Record<string, unknown>): Entry {
  switch (trigger.kind) {
    case 'event':
      return { given: { at, event: trigger.event, properties }, before: [] };
    case 'absence':
      return { given: { at, event: trigger.after.event, properties }, before: [] };
    case 'message':
      return { given: { at, received: trigger.channel ?? 'email', text: String(properties['text'] ?? ''), subject: String(properties['subject'] ?? '') }, before: [] };
    case 'journey':
      return { given: { at, journey: trigger.from?.[0] ?? 'another', data: properties }, before: [] };
    case 'record':
      return enterRecord(trigger, at, properties);
    case 'inactivity':
    case 'segment':
    case 'attribute':
    case 'date':
    case 'schedule':
    case 'manual':
    case 'api':
      return { given: { at, enter: properties }, before: [] };
    default:
      return trigger satisfies never;
  }
}

function enterRecord({ type, change }: Extract<Trigger, { kind: 'record' }>, at: string, fields: Record<string, unknown>): Entry {
  const record = (state: string | undefined, more: Record<string, unknown> = fields) => ({ record: { type, key: '1', ...(state ? { state } : {}), fields: more } });
  switch (change.kind) {
    case 'created':
      return { given: { at, ...record(undefined) }, before: [] };
    case 'state':
      return { given: { at, ...record(change.to?.[0] ?? 'changed') }, before: change.from ? [{ at: '-PT1M', ...record(change.from[0]) }] : [] };
    case 'changed': {
      const field = change.field ?? 'changed';
      return { given: { at, ...record(undefined, { [field]: true, ...fields }) }, before: [{ at: '-PT1M', ...record(undefined, {}) }] };
    }
    case 'clock':
      return { given: { at, ...record(change.state?.[0]) }, before: [] };
    default:
      return change satisfies never;
  }
}
