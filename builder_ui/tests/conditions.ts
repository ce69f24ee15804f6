// Any condition that the engine accepts, by chance.
import fc from 'fast-check';

import type { Condition, Where } from '../src/generated/journey';
import { TABLE } from '../src/generated/operators';

const name = fc.stringMatching(/^[a-z][a-z_]{0,6}$/);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom(0.5, 9.99));
const text = fc.constantFrom('', 'a', '5', 'true', 'nil', 'Ä ö', '2026-01-01');
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const window = fc.constantFrom('P30D', 'P2W', 'PT36H', 'P1DT2H', 'PT90M');

type Row = (typeof TABLE.operators)[number];
const OPERANDS: { readonly [T in Row['takes']]: fc.Arbitrary<unknown> } = {
  nothing: fc.constant(undefined),
  scalar,
  scalars: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  text: fc.constantFrom('a', 'b c', '5'),
  pattern: fc.constantFrom('^a+$', '[0-9]{3}'),
  number,
  numbers: fc.tuple(number, number).map(([one, other]) => [Math.min(one, other), Math.max(one, other)]),
  date: fc.constantFrom('2026-03-29', '2026-03-29T10:00:00Z'),
  duration: window,
};

function asked(allowed: readonly string[], plain: fc.Arbitrary<unknown> = scalar): fc.Arbitrary<object> {
  return fc.constantFrom(...TABLE.operators.filter(({ op }) => allowed.includes(op))).chain((row) => {
    const operand = row.op === 'on' ? fc.constant('2026-03-29') : row.takes === 'scalar' ? plain : OPERANDS[row.takes];
    return fc.tuple(operand, fc.boolean()).map(([value, fold]) => ({ op: row.op, ...(row.takes === 'nothing' ? {} : { value }), ...(row.folds && fold ? { ignore_case: true } : {}) }));
  });
}
const anyOp = TABLE.operators.map(({ op }) => op);
const { figure, instant, property } = TABLE.asked_of;

function nested<Rule>(leaf: fc.Arbitrary<Rule>): fc.Arbitrary<Rule> {
  return fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, fc.tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('rule'), { minLength: 1, maxLength: 3 })).map(([kind, members]) => ({ [kind]: members }) as Rule)),
  })).rule;
}

export const wheres: fc.Arbitrary<Where> = nested(fc.tuple(path, asked(property)).map(([of, rest]) => ({ property: of, ...rest }) as Where));

const event = fc.record({ event: name, within: fc.option(window, { nil: undefined }), where: fc.option(wheres, { nil: undefined }) })
  .map(({ event: named, within, where }) => ({ event: named, ...(within ? { within } : {}), ...(where ? { where } : {}) }));
const fate = fc.constantFrom('sent', 'delivered', 'opened', 'clicked', 'bounced', 'replied', 'not_sent', 'not_opened', 'not_clicked', 'not_replied');

/** One question. */
export const leaves: fc.Arbitrary<Condition> = fc.oneof(
  ...(['attribute', 'trigger', 'context', 'subject'] as const).map((kind) => fc.tuple(path, asked(anyOp)).map(([of, rest]) => ({ [kind]: of, ...rest }))),
  fc.tuple(event, fc.constantFrom('done', 'not_done')).map(([of, op]) => ({ ...of, op })),
  fc.tuple(event, asked(figure, number)).map(([of, rest]) => ({ ...of, measure: 'count', ...rest })),
  fc.tuple(event, fc.constantFrom('sum', 'average', 'minimum', 'maximum'), path, asked(figure, number)).map(([of, measure, summed, rest]) => ({ ...of, measure, of: summed, ...rest })),
  fc.tuple(event, fc.constantFrom('first', 'last'), asked(instant)).map(([of, measure, rest]) => ({ ...of, measure, ...rest })),
  fc.tuple(name, fc.constantFrom('member', 'not_member')).map(([segment, op]) => ({ segment, op })),
  fc.tuple(name, fc.constantFrom('email', 'sms'), fc.constantFrom('subscribed', 'not_subscribed', 'unsubscribed', 'unanswered')).map(([consent, channel, op]) => ({ consent, channel, op })),
  fc.tuple(name, fate).map(([message, op]) => ({ message, op })),
  fc.tuple(name, fate, fc.option(window, { nil: undefined })).map(([template, op, within]) => ({ template, op, ...(within ? { within } : {}) })),
).map((leaf) => leaf as Condition);

export const conditions: fc.Arbitrary<Condition> = nested(leaves);
