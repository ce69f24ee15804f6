// What a frame of the film says, in words. Pure.
import { sayLabel } from '../graph/sayWay';
import { sayReason } from '../words/reasons';
import { locale } from '../words/language';
import type { Frame } from './frames';
import { says } from './words';

/** An instant on the clock of a zone: "Fri 27 Mar, 10:00". */
export function sayOnClock(iso: string, zone: string | undefined): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(iso));
}

/** The time of day on the clock of a zone: "10:00". */
export function sayTime(iso: string, zone: string | undefined): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(iso));
}

/** What happens in a frame, and why if that is a reason of the engine's. */
export function sayFrame(frame: Frame, zone: string | undefined): string {
  switch (frame.kind) {
    case 'enter':
      return says.enters;
    case 'wait':
      return frame.until === null ? says.stays : says.waits(sayOnClock(frame.until, frame.zone ?? zone));
    case 'go':
      return frame.way !== 'next' ? says.goesBy(sayLabel(frame.way)) : frame.hasWaited ? says.waited : says.goes;
    case 'message':
      return sayLetter(frame);
    case 'mark':
      return says.marks[frame.mark] ?? frame.mark;
    case 'goal':
      return says.reaches(frame.goal);
    case 'notice':
      return says.tells(frame.to, frame.words);
    case 'end':
      return withReason(says.end[frame.end] ?? frame.end, frame.reason ?? '', frame.end === 'exited');
    default:
      return frame satisfies never;
  }
}

/** "Letter hello would not leave: no consent to this topic". */
export function sayLetter({ channel, template, fate, reason }: { readonly channel: string; readonly template: string | null; readonly fate: string; readonly reason: string }): string {
  const what = [says.channels[channel] ?? channel, template].filter(Boolean).join(' ');
  const said = fate === 'failed' ? sayReason(reason, 'FailReason') : fate === 'cancelled' ? sayReason(reason, 'CancelReason') : sayReason(reason, 'SkipReason', 'FailReason');
  return `${what} ${says.letterFates[fate] ?? fate}${said ? `: ${said}` : ''}`;
}

function withReason(words: string, reason: string, isExit: boolean): string {
  return reason ? `${words}: ${isExit ? sayReason(reason, 'ExitReason', 'Refusal') : reason}` : words;
}
