import type { Flaw } from './text';
import { says } from './words';

/** Why a text is no journey, in words. */
export function sayFlaw(flaw: Flaw): string {
  if (flaw.what === 'shape') return says.notAJourney;
  if (flaw.what === 'part') return says.notDrawable(flaw.part);
  if (flaw.what === 'kind') return says.unknownKind(flaw.node, flaw.kind);
  return `${flaw.line === null ? '' : says.atLine(flaw.line)}${says.invalidJson(flaw.why)}`;
}
