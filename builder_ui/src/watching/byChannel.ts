// What became of a step's messages where it tries several channels, one after another, for each person.
import { sayChannel } from '../nodes/parts/channels';
import { sayCompact } from '../words/formats';
import type { MessageFigures } from './asks';

type Channels = MessageFigures['channels'];

/** Whether a step's people were tried by more than one channel. */
export function triesSeveral({ channels }: Pick<MessageFigures, 'channels'>): boolean {
  return Object.keys(channels).length > 1;
}

/** "6 E-mail · 2 Text": by which channel how many got it, the most first. */
export function sayByChannel(channels: Channels): string {
  const sent = Object.entries(channels).filter(([, figures]) => figures.sent > 0).toSorted(([, one], [, other]) => other.sent - one.sent);
  return sent.map(([channel, figures]) => `${sayCompact(figures.sent)} ${sayChannel(channel)}`).join(' · ') || sayCompact(0);
}

/** How many no channel has reached: whoever was refused by one and not handed on to the next. */
export function countUnreached(channels: Channels): number {
  const all = Object.values(channels);
  const totals = all.map(({ sent, skipped, failed }) => sent + skipped + failed);
  const sent = all.reduce((sum, figures) => sum + figures.sent, 0);
  // Everybody was tried by the first channel, so that is the one with the most.
  return Math.max(0, Math.max(0, ...totals) - sent);
}
