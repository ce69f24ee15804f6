// What a journey asks about whoever enters, read from its document: what is worth filling in before it is tried. Pure.
import type { Journey } from '../generated/journey';

export type Needs = {
  /** Dotted names under the properties of what lets them in; the one that tells entries apart comes first. */
  readonly properties: readonly string[];
  readonly entryKey: string | null;
  readonly attributes: readonly string[];
  readonly topics: readonly string[];
};

const PROPERTIES = 'properties.';

export function readNeeds(journey: Journey): Needs {
  const found = { properties: new Set<string>(), attributes: new Set<string>(), topics: new Set<string>() };
  const entryKey = 'entry_key' in journey.trigger && journey.trigger.entry_key ? stripStart(journey.trigger.entry_key, PROPERTIES) : null;
  if (entryKey !== null) found.properties.add(entryKey);
  const hear = (name: string, value: string) => {
    if (name === 'trigger' && value.startsWith(PROPERTIES)) found.properties.add(stripStart(value, PROPERTIES));
    if (name === '$' && value.startsWith(`trigger.${PROPERTIES}`)) found.properties.add(stripStart(value, `trigger.${PROPERTIES}`));
    if (name === '$' && value.startsWith('contact.')) found.attributes.add(stripStart(value, 'contact.'));
    if (name === 'attribute') found.attributes.add(value);
    if ((name === 'topic' || name === 'consent') && value !== '') found.topics.add(value);
  };
  walk({ entry: journey.entry, exits: journey.exits, goals: journey.goals, nodes: journey.nodes }, hear);
  return { properties: [...found.properties], entryKey, attributes: [...found.attributes], topics: [...found.topics] };
}

function walk(part: unknown, hear: (name: string, value: string) => void): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'string') hear(name, value);
    else walk(value, hear);
  }
}

function stripStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}
