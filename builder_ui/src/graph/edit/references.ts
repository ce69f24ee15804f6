// Where a journey names its own nodes besides its ways out: conditions about their messages, answers of forms in the
// context, and the letter that confirms a consent.
import type { Condition, Journey, Node, NodeKey } from '../../generated/journey';
import { mapFields, mapList, put } from './sharing';

export type Renaming = {
  /** The key a node is mentioned by from now on; null: it is gone, nothing is chosen. */
  readonly mention: (key: NodeKey) => NodeKey | null;
  /** The same for a question whose answers stand in the context under its key. */
  readonly answers: (key: NodeKey) => NodeKey;
};

/** The journey with every mention of a node outside of ways changed. */
export function mapMentions(journey: Journey, renaming: Renaming): Journey {
  const ask = (condition: Condition) => mapCondition(condition, renaming);
  const { trigger, entry, exits, nodes } = journey;
  let done = journey;
  if (trigger.kind === 'schedule') done = put(done, 'trigger', put(trigger, 'audience', ask(trigger.audience)));
  if (entry?.when) done = put(done, 'entry', put(entry, 'when', ask(entry.when)));
  if (exits) done = put(done, 'exits', mapList(exits, (exit) => ('when' in exit ? put(exit, 'when', ask(exit.when)) : exit)));
  return nodes ? put(done, 'nodes', mapFields(nodes, (node) => mapNodeMentions(node, renaming))) : done;
}

/** The node with every mention of a node changed; its ways are left alone. */
export function mapNodeMentions(node: Node, renaming: Renaming): Node {
  const fill = (structure: unknown) => mapHoles(structure, renaming);
  switch (node.kind) {
    case 'branch':
      return node.paths ? put(node, 'paths', mapList(node.paths, (path) => put(path, 'when', mapCondition(path.when, renaming)))) : node;
    case 'wait_for':
      return node.paths
        ? put(node, 'paths', mapList(node.paths, (path) => ('when' in path ? put(path, 'when', mapCondition(path.when, renaming)) : path)))
        : node;
    case 'consent':
      return confirm(node, renaming);
    case 'webhook':
      return put(node, 'body', fill(node.body));
    case 'stop_journey':
      return put(node, 'entry_key', fill(node.entry_key));
    case 'update_contact':
      return node.set ? put(node, 'set', mapFields(node.set, fill)) : node;
    case 'emit_event':
      return node.properties ? put(node, 'properties', mapFields(node.properties, fill)) : node;
    case 'send_email':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'send_sms':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'send_first':
      return put(node, 'tries', mapList(node.tries, (one) => (one.data ? put(one, 'data', mapFields(one.data, fill)) : one)));
    case 'send_push':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'notify':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'ask':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'start_journey':
      return node.data ? put(node, 'data', mapFields(node.data, fill)) : node;
    case 'wait':
    case 'split':
    case 'tag':
    case 'score':
    case 'throttle':
    case 'goal':
    case 'leave':
    case 'go_to':
      return node;
    default:
      return node satisfies never;
  }
}

function confirm(node: Extract<Node, { kind: 'consent' }>, { mention }: Renaming): Node {
  if (!node.confirmed_by) return node;
  const letter = mention(node.confirmed_by);
  if (letter !== null) return put(node, 'confirmed_by', letter);
  const { confirmed_by: _gone, ...rest } = node;
  return rest;
}

function mapCondition(condition: Condition, renaming: Renaming): Condition {
  const ask = (member: Condition) => mapCondition(member, renaming);
  if ('all' in condition) return put(condition, 'all', mapList(condition.all, ask));
  if ('any' in condition) return put(condition, 'any', mapList(condition.any, ask));
  if ('none' in condition) return put(condition, 'none', mapList(condition.none, ask));
  if ('message' in condition) return condition.message ? put(condition, 'message', renaming.mention(condition.message) ?? '') : condition;
  if ('context' in condition) return put(condition, 'context', renameFirst(condition.context, renaming));
  return condition;
}

/** Any JSON; in its holes, `context.QUESTION.FIELD` reads an answer. */
function mapHoles(structure: unknown, renaming: Renaming): unknown {
  if (Array.isArray(structure)) return mapList(structure, (item) => mapHoles(item, renaming));
  if (typeof structure !== 'object' || structure === null) return structure;
  return mapFields(structure as { readonly [name: string]: unknown }, (value, name) => {
    if (name !== '$' || typeof value !== 'string' || !value.startsWith(CONTEXT)) return mapHoles(value, renaming);
    return CONTEXT + renameFirst(value.slice(CONTEXT.length), renaming);
  });
}

const CONTEXT = 'context.';

function renameFirst(path: string, { answers }: Renaming): string {
  const [first = '', ...rest] = path.split('.');
  return [answers(first), ...rest].join('.');
}
