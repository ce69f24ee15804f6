// Reasons as labels: the words of the engine's own, and a journey's own as they are written.
import { sayReason as sayWords, type ReasonList as List } from '../words/reasons';

export type ReasonList = 'refused' | 'exited' | 'skipped' | 'cancelled' | 'failed' | 'uncertain';

/** A message is taken back for the reason of the exit, too, that took its contact out. */
const LISTS: Readonly<Record<ReasonList, readonly List[]>> = {
  refused: ['Refusal'],
  exited: ['ExitReason'],
  skipped: ['SkipReason'],
  cancelled: ['CancelReason', 'SkipReason', 'ExitReason'],
  failed: ['FailReason'],
  uncertain: ['DoubtReason'],
};

/** What a reason means, to stand by itself. */
export function sayReason(list: ReasonList, code: string): string {
  const said = sayWords(code, ...LISTS[list]);
  return said === code ? code.replaceAll('_', ' ') : said.charAt(0).toLocaleUpperCase() + said.slice(1);
}
