// The answer to "why?" in one sentence, and its parts in words, of what the engine found. Pure.
//
// What came last decides: an event that let nobody in since the last entry, else what became of that entry; without
// any, the journey's state, and what stood against an entry. So does the engine's own verdict, in its one language.
import { sayInstant } from '../words/formats';
import { type ReasonList, sayReason } from '../words/reasons';
import type { Explained, Journeyed, Seen } from './asks';
import { says } from './words';

export type Verdict = { readonly words: string; readonly tone: 'good' | 'bad' | 'open' };
type Titles = (node: string) => string;
type Message = Journeyed['messages'][number];

export function sayVerdict(why: Explained, title: Titles): Verdict {
  const [newest] = why.enrollments;
  const [latest] = why.seen;
  const isNews = latest != null && latest.reason !== null && (!newest || Date.parse(latest.received_at) > Date.parse(newest.entered_at));
  const isPaused = why.journey.state === 'paused';
  if (newest && !isNews) return sayEnrollment(newest, title, isPaused);
  if (newest && latest) {
    const more = newest.until === null ? '' : ` ${sayEnrollment(newest, title, isPaused).words}`;
    return { words: saySeen(latest) + more, tone: newest.until === null ? 'bad' : 'open' };
  }
  if (why.journey.version === null) return { words: says.neverPublished, tone: 'bad' };
  if (latest) return { words: saySeen(latest), tone: latest.reason === null ? 'open' : 'bad' };
  if (why.refused) return { words: says.notIn(sayReason(why.refused.reason, 'Refusal')), tone: 'bad' };
  if (why.journey.state !== 'live') return { words: says.notLive(says.states[why.journey.state] ?? why.journey.state), tone: 'bad' };
  return { words: says.nothing, tone: 'bad' };
}

/** How an enrollment ended or where it is, or its last message if that is in trouble. */
export function sayEnrollment(one: Journeyed, title: Titles, isPaused: boolean): Verdict {
  if (one.status === 'exited' || one.status === 'failed') return { words: sayStanding(one, title, isPaused), tone: 'bad' };
  const last = one.messages.at(-1);
  if (last && last.state !== 'sent') return { words: sayMessage(last), tone: last.state === 'queued' || last.state === 'sending' ? 'open' : 'bad' };
  const words = [last ? sayMessage(last) : '', sayStanding(one, title, isPaused)].filter(Boolean).join(' ');
  return { words, tone: one.status === 'completed' ? 'good' : 'open' };
}

export function sayStanding(one: Journeyed, title: Titles, isPaused: boolean): string {
  const node = title(one.node);
  switch (one.status) {
    case 'completed':
      return says.completed(sayInstant(one.ended_at));
    case 'exited':
      return says.leftEarly(node, sayInstant(one.ended_at), sayKnown(one.reason, 'ExitReason', 'Refusal'));
    case 'failed':
      return says.setAside(node, one.reason ?? says.noReason);
    default:
      if (isPaused) return says.insidePaused(node);
      return one.status === 'waiting' && one.until !== null ? says.insideUntil(node, sayInstant(one.until)) : says.inside(node);
  }
}

/** What came of one event of the trigger's name. */
export function saySeen({ name, occurred_at, reason, enrollment }: Seen): string {
  const when = sayInstant(occurred_at);
  if (reason !== null) return says.notInBy(name, when, sayReason(reason, 'Disregard', 'Refusal'));
  return enrollment === null ? says.stands(name, when) : says.letIn(name, when);
}

export function sayMessage({ channel, template, state, reason, sent_at, due_at }: Message): string {
  const what = [says.channels[channel] ?? channel, template && says.quoted(template)].filter(Boolean).join(' ');
  switch (state) {
    case 'sent':
      return says.sent(what, sayInstant(sent_at));
    case 'queued':
      return says.queued(what, sayInstant(due_at));
    case 'sending':
      return says.sending(what);
    case 'uncertain':
      return says.uncertain(what, sayKnown(reason, 'DoubtReason'));
    case 'set_aside':
      return says.aside(what, sayKnown(reason, 'FailReason'));
    default:
      return says.notSent(what, sayKnown(reason, ...(LISTS[state] ?? [])));
  }
}

const LISTS: Readonly<Record<string, readonly ReasonList[]>> = { skipped: ['SkipReason'], cancelled: ['CancelReason'], failed: ['FailReason'] };

function sayKnown(reason: string | null, ...lists: readonly ReasonList[]): string {
  return reason ? sayReason(reason, ...lists) : says.noReason;
}
