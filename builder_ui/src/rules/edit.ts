// What is done to a condition, or to the filter of an event: JSON in, JSON out. What an edit does not touch stays as it is.
import type { Condition, Op, Where } from '../generated/journey';
import { write } from '../fields/write';
import { type Asked, blankOperand, findOperator, isOperand, isWindow, type Operator, type Takes } from './operators';

/** A condition or a filter: both are groups of the same kind, with other leaves. */
export type Rule = Condition | Where;
export const GROUPS = ['all', 'any', 'none'] as const;
export type GroupKind = (typeof GROUPS)[number];
export const LEAVES = ['attribute', 'event', 'segment', 'consent', 'message', 'template', 'trigger', 'context', 'subject', 'property'] as const;
export type LeafKind = (typeof LEAVES)[number];
/** A leaf while somebody writes it: perhaps without all that it needs. */
export type Leaf = { readonly [field: string]: unknown };

export function groupOf(rule: Rule): GroupKind | null {
  return GROUPS.find((kind) => kind in rule) ?? null;
}

export function membersOf<R extends Rule>(rule: R): readonly R[] {
  const kind = groupOf(rule);
  return kind === null ? [rule] : ((rule as unknown as Record<GroupKind, readonly R[]>)[kind]);
}

export function makeGroup<R extends Rule>(kind: GroupKind, members: readonly R[]): R {
  return { [kind]: members } as unknown as R;
}

/** The same members in another kind of group. */
export function changeGroup<R extends Rule>(rule: R, kind: GroupKind): R {
  return groupOf(rule) === kind ? rule : makeGroup(kind, membersOf(rule));
}

/** Another member at a place; taken out if there is none. Null where nothing is left. */
export function putMember<R extends Rule>(rule: R, place: number, member: R | null): R | null {
  const kind = groupOf(rule);
  if (kind === null) return member;
  const members = membersOf(rule);
  if (members[place] === member) return rule;
  const next = member === null ? members.filter((_, other) => other !== place) : members.map((old, other) => (other === place ? member : old));
  return next.length > 0 ? makeGroup(kind, next) : null;
}

/** One more member; a leaf by itself becomes a group of which all hold. */
export function addMember<R extends Rule>(rule: R, member: R): R {
  const kind = groupOf(rule);
  return kind === null ? makeGroup<R>('all', [rule, member]) : makeGroup(kind, [...membersOf(rule), member]);
}

/** A group around it. */
export function wrap<R extends Rule>(rule: R, kind: GroupKind): R {
  return makeGroup(kind, [rule]);
}

/** Without a group around one member that means the same without it. */
export function unwrap<R extends Rule>(rule: R): R {
  const [only, second] = membersOf(rule);
  return groupOf(rule) !== 'none' && only !== undefined && second === undefined ? only : rule;
}

/** What a leaf asks about. */
export function leafKind(leaf: Leaf | Rule): LeafKind {
  return LEAVES.find((kind) => kind in leaf) ?? 'attribute';
}

/** A new leaf of a kind; what only a person can choose is empty. */
export function blankLeaf(kind: LeafKind): Leaf {
  switch (kind) {
    case 'segment':
      return { segment: '', op: 'member' };
    case 'consent':
      return { consent: '', channel: 'email', op: 'subscribed' };
    case 'message':
      return { message: '', op: 'clicked' };
    case 'template':
      return { template: '', op: 'clicked' };
    case 'event':
      return { event: '', op: 'done' };
    case 'attribute':
    case 'trigger':
    case 'context':
    case 'subject':
    case 'property':
      return { [kind]: '', op: 'is', value: '' };
    default:
      return kind satisfies never;
  }
}

/** The leaf with another operator: its value stays where it fits. */
export function changeOperator(leaf: Leaf, op: Op): Leaf {
  const row = findOperator(op);
  if (!row) return leaf;
  const takes = takesOf(leaf, row);
  const value = isOperand(takes, leaf['value']) && takes !== 'nothing' ? leaf['value'] : carry(leaf['value'], takes);
  const changed = write(write(leaf, 'op', op), 'value', takes === 'nothing' ? undefined : value);
  return row.folds ? changed : write(changed, 'ignore_case', undefined);
}

/** What sort of value an operator takes here: a count or a sum is held against numbers alone. */
export function takesOf(leaf: Leaf, row: Operator): Takes {
  return row.takes === 'scalar' && askedOf(leaf) === 'figure' ? 'number' : row.takes;
}

/** One value becomes a list of it, and a list of one its value; else how such a value begins. */
function carry(value: unknown, takes: Takes): unknown {
  const turned = takes === 'scalars' ? [value] : Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return turned !== undefined && turned !== '' && isOperand(takes, turned) && !(Array.isArray(turned) && turned[0] === '') ? turned : blankOperand(takes);
}

export const MEASURES = ['done', 'not_done', 'count', 'sum', 'average', 'minimum', 'maximum', 'first', 'last'] as const;
export type Measure = (typeof MEASURES)[number];

export function measureOf(leaf: Leaf): Measure {
  const measure = leaf['measure'] ?? leaf['op'];
  return MEASURES.find((each) => each === measure) ?? 'done';
}

/** What is held against a value in a measured event. */
export function askedOf(leaf: Leaf): Asked {
  const kind = leafKind(leaf);
  if (kind === 'property') return 'property';
  if (kind !== 'event') return 'value';
  const measure = measureOf(leaf);
  return measure === 'first' || measure === 'last' ? 'instant' : 'figure';
}

/** The event measured otherwise; its window and filter stay. */
export function changeMeasure(leaf: Leaf, measure: Measure): Leaf {
  if (measureOf(leaf) === measure) return leaf;
  const { op, value, of, measure: before, ignore_case: _case, ...rest } = leaf;
  switch (measure) {
    case 'done':
    case 'not_done':
      return { ...rest, op: measure };
    case 'count':
      return isFigure(before) ? { ...rest, measure, op, value } : { ...rest, measure, op: 'gte', value: 1 };
    case 'sum':
    case 'average':
    case 'minimum':
    case 'maximum': {
      const property = typeof of === 'string' && of !== 'occurred_at' ? of : '';
      return isFigure(before) ? { ...rest, measure, of: property, op, value } : { ...rest, measure, of: property, op: 'gte', value: 1 };
    }
    case 'first':
    case 'last':
      return before === 'first' || before === 'last' ? { ...leaf, measure } : { ...rest, measure, op: 'within_last', value: 'P30D' };
    default:
      return measure satisfies never;
  }
}

function isFigure(measure: unknown): boolean {
  return measure === 'count' || measure === 'sum' || measure === 'average' || measure === 'minimum' || measure === 'maximum';
}

// eslint-disable-next-line no-control-regex -- control characters are what is refused
const PATH = /^[^\u0000-\u001f\u007f"\\]{1,100}$/;

/** Whether a name can be asked for: one to five parts. */
export function isPath(text: unknown): boolean {
  if (typeof text !== 'string' || !PATH.test(text)) return false;
  const parts = text.split('.');
  return parts.length <= 5 && parts.every((part) => part !== '');
}

/** Whether a leaf has all that the server needs to keep it. Names of things kept elsewhere may still be empty. */
export function isWhole(leaf: Leaf): boolean {
  const kind = leafKind(leaf);
  switch (kind) {
    case 'segment':
    case 'consent':
    case 'message':
      return true;
    case 'template':
      return isWindowOrNone(leaf['within']);
    case 'event':
      return isWindowOrNone(leaf['within']) && isMeasured(leaf);
    case 'attribute':
    case 'trigger':
    case 'context':
    case 'subject':
    case 'property':
      return isPath(leaf[kind]) && hasOperand(leaf);
    default:
      return kind satisfies never;
  }
}

function isMeasured(leaf: Leaf): boolean {
  const measure = measureOf(leaf);
  if (measure === 'done' || measure === 'not_done') return true;
  const takesProperty = isFigure(measure) && measure !== 'count';
  return (!takesProperty || isPath(leaf['of'])) && hasOperand(leaf);
}

function hasOperand(leaf: Leaf): boolean {
  const row = findOperator(String(leaf['op']));
  if (!row) return false;
  if (askedOf(leaf) === 'figure' && ![leaf['value']].flat().every(isCountable)) return false;
  return isOperand(takesOf(leaf, row), leaf['value']) && (row.op !== 'on' || String(leaf['value']).length === 10);
}

/** Aggregates have four decimals at most, and are held against nothing beyond this. */
function isCountable(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 1e11 && Number(value.toFixed(4)) === value;
}

function isWindowOrNone(within: unknown): boolean {
  return within === undefined || within === null || (typeof within === 'string' && isWindow(within));
}

/** Whether every name is chosen, so that it makes sense to count. */
export function isChosen(rule: Rule): boolean {
  if (groupOf(rule) !== null) return membersOf(rule).every(isChosen);
  const leaf = rule as unknown as Leaf;
  return leaf[leafKind(leaf)] !== '' && leaf['of'] !== '';
}

/** What a condition asks that only an enrollment knows. */
export function listPrivate(rule: Rule): readonly LeafKind[] {
  if (groupOf(rule) !== null) return [...new Set(membersOf(rule).flatMap(listPrivate))];
  const kind = leafKind(rule);
  return kind === 'trigger' || kind === 'context' || kind === 'subject' || kind === 'message' ? [kind] : [];
}

/** How deep groups stand in it, and how many leaves it has. */
export function measure(rule: Rule): { readonly depth: number; readonly leaves: number } {
  if (groupOf(rule) === null) return { depth: 0, leaves: 1 };
  const inside = membersOf(rule).map(measure);
  return { depth: 1 + Math.max(...inside.map(({ depth }) => depth)), leaves: inside.reduce((sum, { leaves }) => sum + leaves, 0) };
}
