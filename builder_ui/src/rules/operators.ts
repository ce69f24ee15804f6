// The one table of operators, made from the engine's own, and what fits a value.
import { TABLE } from '../generated/operators';
import type { Op } from '../generated/journey';
import { readDuration } from '../fields/duration';

export type Operator = (typeof TABLE)['operators'][number];
export type Takes = Operator['takes'];
/** Where something is asked: of a plain value, of a figure such as a count, of an instant, of an event's property. */
export type Asked = 'value' | keyof (typeof TABLE)['asked_of'];

const ROWS: ReadonlyMap<string, Operator> = new Map(TABLE.operators.map((row) => [row.op, row]));
const ALL: readonly Op[] = TABLE.operators.map(({ op }) => op);

export function findOperator(op: string): Operator | undefined {
  return ROWS.get(op);
}

/** The operators that may be asked there, and of those the ones that fit values of these kinds. */
export function listOperators(asked: Asked, kinds: readonly string[]): { readonly fitting: readonly Op[]; readonly others: readonly Op[] } {
  const allowed: readonly Op[] = asked === 'value' ? ALL : TABLE.asked_of[asked];
  if (kinds.length === 0) return { fitting: allowed, others: [] };
  const fits = (op: Op) => {
    const asks = ROWS.get(op)?.asks ?? null;
    return asks === null || kinds.includes(asks);
  };
  return { fitting: allowed.filter(fits), others: allowed.filter((op) => !fits(op)) };
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T.+(Z|[+-]\d\d:\d\d)$/;

/** Whether a value is of the sort that an operator takes, as the engine will see it. */
export function isOperand(takes: Takes, value: unknown): boolean {
  switch (takes) {
    case 'nothing':
      return value === undefined || value === null;
    case 'scalar':
      return isScalar(value);
    case 'scalars':
      return Array.isArray(value) && value.length > 0 && value.length <= 500 && value.every(isScalar);
    case 'text':
    case 'pattern':
      return typeof value === 'string' && value !== '';
    case 'number':
      return isNumber(value);
    case 'numbers':
      return Array.isArray(value) && value.length === 2 && value.every(isNumber) && (value[0] as number) <= (value[1] as number);
    case 'date':
      return typeof value === 'string' && (DAY.test(value) || (INSTANT.test(value) && !Number.isNaN(Date.parse(value))));
    case 'duration':
      return typeof value === 'string' && isWindow(value);
    default:
      return takes satisfies never;
  }
}

/** A length of time looking back or ahead: no months or years, and weeks stand alone. */
export function isWindow(text: string): boolean {
  const read = readDuration(text);
  if (!read || read.isBefore) return false;
  const units = read.parts.map(({ unit }) => unit);
  if (units.some((unit) => unit === 'years' || unit === 'months')) return false;
  return (!units.includes('weeks') || units.length === 1) && read.parts.some(({ amount }) => amount > 0);
}

/** How the value of an operator begins; undefined where only a person can know. */
export function blankOperand(takes: Takes): unknown {
  switch (takes) {
    case 'scalar':
    case 'text':
    case 'pattern':
      return '';
    case 'scalars':
      return [];
    case 'duration':
      return 'P30D';
    case 'nothing':
    case 'number':
    case 'numbers':
    case 'date':
      return undefined;
    default:
      return takes satisfies never;
  }
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || typeof value === 'string' || isNumber(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}
