// Problems in the words of the person who draws: short, and what to do. What is not here is said as the server says it.
import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import { CHANNELS_WITHIN } from '../nodes/parts/channels';
import { sayAnd } from '../words/formats';
import { words } from '../words/language';

type Say = (name: string) => string;
const called = (name: string) => (name ? ` “${name}”` : '');
const genannt = (name: string) => (name ? ` „${name}“` : '');

const says = words<Readonly<Record<string, Say>>>({
  en: {
    start_missing: () => 'Nothing says where the journey starts. Lead the trigger to a step.',
    next_missing: () => 'It does not say where to go. Lead it to a step.',
    unreachable: () => 'Nobody comes here. Lead a path to this step, or delete it.',
    timeout_missing: () => 'It may wait for ever. Say how long it waits at most.',
    due_missing: () => 'It may never be answered. Say how long it waits at most.',
    otherwise_missing: () => 'It does not say where people go for whom nothing is true.',
    paths_missing: () => 'It has no paths to choose from. Add one.',
    on_missing_missing: () => 'It does not say what happens if there is no such date.',
    weights_not_100: () => 'The shares of the paths do not add up to 100.',
    nothing_to_do: () => 'It changes nothing yet.',
    topic_missing: () => 'Marketing needs a topic that people can refuse. Choose one.',
    topic_needless: () => 'What is transactional nobody can refuse: take its topic away, or let it be marketing.',
    unsubscribe_missing: (name) => `The letter${called(name)} has no link to unsubscribe, which marketing needs.`,
    template_unknown: (name) => `There is no template${called(name)}.`,
    topic_unknown: (name) => `There is no topic${called(name)}.`,
    segment_unknown: (name) => `There is no segment${called(name)}.`,
    sender_unknown: (name) => `There is no sender${called(name)}.`,
    catalog_unknown: (name) => `Its letter looks things up in the catalog${called(name)}, which does not exist.`,
    coupon_pool_unknown: (name) => `Its letter draws a coupon from the pool${called(name)}, which does not exist.`,
    source_unknown: (name) => `Its letter shows what the fetched source${called(name)} answers, which does not exist.`,
    endpoint_unknown: (name) => `There is no endpoint${called(name)}.`,
    journey_unknown: (name) => `There is no journey${called(name)}.`,
    attribute_unknown: (name) => `The attribute${called(name)} has not been seen so far. Is it spelt like this?`,
    event_unknown: (name) => `The event${called(name)} has not been seen so far. Is it spelt like this?`,
  },
  de: {
    start_missing: () => 'Nirgends steht, wo die Journey beginnt. Führen Sie den Auslöser zu einem Schritt.',
    next_missing: () => 'Es ist nicht gesagt, wohin es geht. Führen Sie ihn zu einem Schritt.',
    unreachable: () => 'Hierher kommt niemand. Führen Sie einen Pfad zu diesem Schritt oder löschen Sie ihn.',
    timeout_missing: () => 'Hier würde womöglich ewig gewartet. Sagen Sie, wie lange höchstens.',
    due_missing: () => 'Vielleicht antwortet nie jemand. Sagen Sie, wie lange höchstens gewartet wird.',
    otherwise_missing: () => 'Es ist nicht gesagt, wohin gelangt, auf wen nichts zutrifft.',
    paths_missing: () => 'Es gibt keine Pfade zur Wahl. Fügen Sie einen hinzu.',
    on_missing_missing: () => 'Es ist nicht gesagt, was geschieht, wenn es dieses Datum nicht gibt.',
    weights_not_100: () => 'Die Anteile der Pfade ergeben zusammen nicht 100.',
    nothing_to_do: () => 'Dieser Schritt ändert noch nichts.',
    topic_missing: () => 'Werbung braucht ein Thema, das man ablehnen kann. Wählen Sie eines.',
    topic_needless: () => 'Transaktionales kann niemand ablehnen: Nehmen Sie das Thema weg, oder lassen Sie es Werbung sein.',
    unsubscribe_missing: (name) => `Dem Brief${genannt(name)} fehlt der Link zum Abbestellen, den Werbung braucht.`,
    template_unknown: (name) => `Die Vorlage${genannt(name)} gibt es nicht.`,
    topic_unknown: (name) => `Das Thema${genannt(name)} gibt es nicht.`,
    segment_unknown: (name) => `Das Segment${genannt(name)} gibt es nicht.`,
    sender_unknown: (name) => `Den Absender${genannt(name)} gibt es nicht.`,
    catalog_unknown: (name) => `Sein Brief schlägt im Katalog${genannt(name)} nach, den es nicht gibt.`,
    coupon_pool_unknown: (name) => `Sein Brief zieht einen Gutschein aus dem Topf${genannt(name)}, den es nicht gibt.`,
    source_unknown: (name) => `Sein Brief zeigt, was die Quelle${genannt(name)} antwortet, die es nicht gibt.`,
    endpoint_unknown: (name) => `Den Endpunkt${genannt(name)} gibt es nicht.`,
    journey_unknown: (name) => `Die Journey${genannt(name)} gibt es nicht.`,
    attribute_unknown: (name) => `Die Eigenschaft${genannt(name)} ist bisher nicht vorgekommen. Ist es so geschrieben?`,
    event_unknown: (name) => `Das Ereignis${genannt(name)} ist bisher nicht vorgekommen. Ist es so geschrieben?`,
  },
});

const LACKS = words<Readonly<Record<string, string>>>({
  en: {
    template: 'Choose a template.', topic: 'Choose a topic.', segment: 'Choose a segment.', endpoint: 'Choose an endpoint.', journey: 'Choose a journey.', event: 'Say which event.', attribute: 'Say which attribute.', goal: 'Choose a goal.', message: 'Choose a message.', recipient: 'Say whom.', score: 'Choose a score.', 'type of record': 'Say which type of record.',
  },
  de: {
    template: 'Wählen Sie eine Vorlage.', topic: 'Wählen Sie ein Thema.', segment: 'Wählen Sie ein Segment.', endpoint: 'Wählen Sie einen Endpunkt.', journey: 'Wählen Sie eine Journey.', event: 'Sagen Sie, welches Ereignis.', attribute: 'Sagen Sie, welche Eigenschaft.', goal: 'Wählen Sie ein Ziel.', message: 'Wählen Sie eine Nachricht.', recipient: 'Sagen Sie, wen.', score: 'Wählen Sie eine Punktzahl.', 'type of record': 'Sagen Sie, welche Art von Datensatz.',
  },
});

const lacks = words<{ readonly templateFor: Say }>({
  en: { templateFor: (channels) => `Choose a template for ${channels}.` },
  de: { templateFor: (channels) => `Wählen Sie eine Vorlage für ${channels}.` },
});

/** The problem with words for whom draws, of this journey. */
export function rephrase(problem: Problem, nodes: Journey['nodes'] = {}): Problem {
  const message = findTries(problem, nodes) ?? findWords(problem);
  return message === undefined ? problem : { ...problem, message };
}

/** A step that tries several channels: which of them lack a template. */
function findTries({ code, about, node }: Problem, nodes: Journey['nodes'] = {}): string | undefined {
  const tried = nodes[node ?? ''];
  if (code !== 'reference_missing' || about !== 'template' || tried?.kind !== 'send_first') return undefined;
  return lacks.templateFor(sayAnd(tried.tries.filter(({ template }) => template === '').map(({ channel }) => CHANNELS_WITHIN[channel])));
}

function findWords({ code, about }: Problem): string | undefined {
  if (code === 'reference_missing') return LACKS[about ?? ''];
  return Object.hasOwn(says, code) ? says[code]?.(about ?? '') : undefined;
}
