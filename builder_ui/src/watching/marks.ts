// The figures of a report as what is laid over a journey's drawing.
import type { Mark, Overlay } from '../canvas/overlay';
import type { Journey, Node } from '../generated/journey';
import { listLines } from '../graph/flow';
import { listNodes, TRIGGER } from '../graph/paths';
import type { TagColor } from '../ui/Tag';
import { sayCompact, sayInstant, sayNumber, sayShare } from '../words/formats';
import { words } from '../words/language';
import type { MessageFigures, NodeFigures, PeopleAsked, Report } from './asks';
import { countUnreached, sayByChannel, triesSeveral } from './byChannel';
import { came, sumOf } from './funnel';
import type { Step } from './trail';

const says = words({
  en: {
    entered: (n: string) => `${n} entered`, here: (n: string) => `${n} here now`, sent: (n: string) => `${n} sent`, opened: (share: string) => `${share} opened`, clicked: (share: string) => `${share} clicked`,
    unreached: (n: string) => `${n} not reached`, skipped: (n: string) => `${n} skipped`, failed: (n: string) => `${n} failed`, queued: (n: string) => `${n} to leave`, aside: (n: string) => `${n} set aside`, ok: (n: string) => `${n} answered`,
    allEntered: 'Entered', hereAt: (title: string) => `Here now: ${title}`, asideAt: (title: string) => `Set aside: ${title}`, gotIt: 'Sent', openedIt: 'Opened', clickedIt: 'Clicked', wasSkipped: 'Skipped', hasFailed: 'Failed',
    isHere: 'is here', showQueued: 'Show whose message waits to leave', leaving: 'Waiting to leave', showHere: 'Show who is here now', showSkipped: 'Show whose message was skipped', showFailed: 'Show whose message failed', showAside: 'Show who is set aside here', showSent: 'Show who got it', showEntered: 'Show who entered', showOpened: 'Show who opened it', showClicked: 'Show who clicked',
  },
  de: {
    entered: (n: string) => `${n} eingetreten`, here: (n: string) => `${n} jetzt hier`, sent: (n: string) => `${n} gesendet`, opened: (share: string) => `${share} geöffnet`, clicked: (share: string) => `${share} geklickt`,
    unreached: (n: string) => `${n} nicht erreicht`, skipped: (n: string) => `${n} übersprungen`, failed: (n: string) => `${n} gescheitert`, queued: (n: string) => `${n} warten`, aside: (n: string) => `${n} beiseite`, ok: (n: string) => `${n} beantwortet`,
    allEntered: 'Eingetreten', hereAt: (title: string) => `Gerade hier: ${title}`, asideAt: (title: string) => `Beiseitegelegt: ${title}`, gotIt: 'Gesendet', openedIt: 'Geöffnet', clickedIt: 'Geklickt', wasSkipped: 'Übersprungen', hasFailed: 'Gescheitert',
    isHere: 'ist hier', showQueued: 'Zeigen, wessen Nachricht auf den Versand wartet', leaving: 'Wartet auf Versand', showHere: 'Zeigen, wer gerade hier ist', showSkipped: 'Zeigen, wessen Nachricht übersprungen wurde', showFailed: 'Zeigen, wessen Nachricht scheiterte', showAside: 'Zeigen, wer hier beiseite liegt', showSent: 'Zeigen, wer sie bekam', showEntered: 'Zeigen, wer eingetreten ist', showOpened: 'Zeigen, wer sie geöffnet hat', showClicked: 'Zeigen, wer geklickt hat',
  },
});

type Showing = (asked: PeopleAsked, title: string) => (() => void) | undefined;
/** How a kind of node looks, and what a node says. */
type Described = { readonly color: string; readonly title: string };

/** Everything that a report says about a drawing; `show` makes a count one that can be clicked. */
export function buildOverlay(journey: Journey, report: Report | null, show: Showing, describe: (node: Node) => Described): Overlay {
  if (report === null) return { nodes: {}, lines: {}, trail: null };
  const nodes = listNodes(journey).map(([key, node]) => [key, markNode(key, report, show, describe(node))] as const);
  const trigger = mark(says.entered(sayNumber(came(report))), 'violet', says.showEntered, show({}, says.allEntered));
  const lines = listLines(journey).filter(({ id }) => id !== TRIGGER).map(({ id, from, label }) => [id, markLine(report.nodes[from], label)] as const);
  return { nodes: { ...Object.fromEntries(nodes), [TRIGGER]: [trigger] }, lines: Object.fromEntries(lines), weights: weigh(journey, report), trail: null };
}

function markNode(key: string, report: Report, show: Showing, { color, title }: Described): readonly Mark[] {
  const figures = report.nodes[key];
  const messages = report.messages[key];
  const marks = messages ? markMessages(key, messages, show, title) : [mark(says.entered(sayNumber((figures?.entered ?? 0) + (figures?.moved_in ?? 0))))];
  if (figures && figures.waiting > 0) marks.push(mark(says.here(sayNumber(figures.waiting)), color as TagColor, says.showHere, show({ node: key, status: 'inside' }, says.hereAt(title))));
  if (figures && figures.set_aside > 0) marks.push(mark(says.aside(sayCompact(figures.set_aside)), 'red', says.showAside, show({ node: key, status: 'set_aside' }, says.asideAt(title))));
  return marks;
}

function markMessages(key: string, messages: MessageFigures, show: Showing, title: string): Mark[] {
  const { channel, sent, queued, opened, clicked, skipped, failed, uncertain } = messages;
  const open = (message: NonNullable<PeopleAsked['message']>, words: string) => show({ node: key, message }, `${words}: ${title}`);
  const isTried = triesSeveral(messages);
  const unreached = isTried ? countUnreached(messages.channels) : 0;
  const said = isTried ? sayByChannel(messages.channels) : (channel === 'webhook' ? says.ok : says.sent)(sayCompact(sent));
  const marks = [mark(said, undefined, says.showSent, sent ? open('sent', says.gotIt) : undefined)];
  if (queued > 0) marks.push(mark(says.queued(sayCompact(queued)), undefined, says.showQueued, open('queued', says.leaving)));
  if (opened > 0) marks.push(mark(says.opened(sayShare(opened, sent)), 'indigo', says.showOpened, open('opened', says.openedIt)));
  if (clicked > 0) marks.push(mark(says.clicked(sayShare(clicked, sent)), 'indigo', says.showClicked, open('clicked', says.clickedIt)));
  if (unreached > 0) marks.push(mark(says.unreached(sayCompact(unreached)), 'orange'));
  if (skipped > 0 && !isTried) marks.push(mark(says.skipped(sayCompact(skipped)), 'orange', says.showSkipped, open('skipped', says.wasSkipped)));
  const lost = (isTried ? 0 : failed) + uncertain;
  if (lost > 0) marks.push(mark(says.failed(sayCompact(lost)), 'red', says.showFailed, open(failed > 0 && !isTried ? 'failed' : 'uncertain', says.hasFailed)));
  return marks;
}

function mark(text: string, color?: TagColor, title?: string, open?: () => void): Mark {
  return { words: text, ...(color ? { color } : {}), ...(open ? { open, ...(title ? { title } : {}) } : {}) };
}

/** When somebody came to each step of a path; the last says whether that is where the person is. */
export function markSteps(steps: readonly Step[], isOver: boolean): Overlay['nodes'] {
  const last = steps.at(-1);
  const marks = steps.map(({ node, from }) => [node, [mark(sayInstant(from))]] as const);
  return { ...Object.fromEntries(marks), ...(last === undefined || isOver ? {} : { [last.node]: [mark(sayInstant(last.from)), mark(says.isHere, 'indigo')] }) };
}

/** "1,204 · 62%": how often a way was taken, and which part of those who went on that is. */
function markLine(figures: NodeFigures | undefined, label: string): string {
  const taken = figures?.paths[label] ?? 0;
  if (figures === undefined || taken === 0) return '';
  const all = sumOf(figures.paths);
  return taken === all ? sayNumber(taken) : `${sayNumber(taken)} · ${sayShare(taken, all)}`;
}

/** How much of all that came in went over each line, from 0 to 1. */
export function weigh(journey: Journey, report: Report): Readonly<Record<string, number>> {
  const most = Math.max(1, came(report), ...Object.values(report.nodes).flatMap(({ paths }) => Object.values(paths)));
  return Object.fromEntries(listLines(journey).map(({ id, from, label }) => [id, (id === TRIGGER ? came(report) : (report.nodes[from]?.paths[label] ?? 0)) / most]));
}
