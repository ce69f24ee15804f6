// Whom a broadcast is for, by the names of things rather than their keys.
import type { Names } from '../fields/asks';
import { sayCondition } from '../graph/words';
import type { Who } from './plan';
import { says } from './words';

type Named = readonly { readonly key: string; readonly name: string }[] | undefined;

/** The name of what a key stands for; the key itself where nothing is known of it. */
export function nameOf(several: Named, key: string): string {
  return several?.find((one) => one.key === key)?.name ?? key;
}

/** Whom it is for. */
export function sayWho(who: Who, names: Names | undefined): string {
  if (who.kind === 'own') return sayCondition(who.condition);
  return who.kind === 'segment' ? says.inSegment(nameOf(names?.segments, who.key)) : says.withTopic(nameOf(names?.topics, who.key));
}
