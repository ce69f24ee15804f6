import { SwitchField } from '../../fields/ChoiceField';
import { NameSelect } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';

const says = words({
  en: { topic: 'Topic', topicMore: 'The kind of message that contacts can refuse.', class: 'Class', marketing: 'Marketing', transactional: 'Transactional', transactionalMore: 'Something the contact expects, such as a receipt. Goes out whatever they chose.', marketingMore: 'Only to those who may be written to about its topic.' },
  de: { topic: 'Thema', topicMore: 'Die Art Nachricht, die Kontakte ablehnen können.', class: 'Klasse', marketing: 'Marketing', transactional: 'Transaktional', transactionalMore: 'Etwas, das der Kontakt erwartet, etwa eine Rechnung. Geht immer hinaus.', marketingMore: 'Nur an die, denen zu diesem Thema geschrieben werden darf.' },
});

type Classed = { readonly class?: 'marketing' | 'transactional'; readonly topic?: string };

/** Only what people can refuse has a topic. */
function ofKind(node: Classed, next: 'marketing' | 'transactional'): Classed {
  return next === 'marketing' ? write<Classed, 'class'>(node, 'class', undefined) : write<Classed, 'topic'>(write<Classed, 'class'>(node, 'class', next), 'topic', undefined);
}

/** Whether a message is advertising or expected, and the topic that contacts may refuse. */
export function ClassFields<Node extends Classed>({ node, change }: { readonly node: Node; readonly change: (node: Node, field?: string) => void }) {
  const put = (next: Classed, typed?: string) => change(next as Node, typed);
  const ofClass = node.class ?? 'marketing';
  return (
    <>
      <SwitchField label={says.class} description={ofClass === 'marketing' ? says.marketingMore : says.transactionalMore} value={ofClass} change={(next) => put(ofKind(node, next))}
        choices={[{ value: 'marketing', label: says.marketing }, { value: 'transactional', label: says.transactional }]} />
      {(ofClass === 'marketing' || node.topic) && <NameSelect label={says.topic} description={says.topicMore} kind="topic" value={node.topic ?? ''} change={(topic) => put(write<Classed, 'topic'>(node, 'topic', topic || undefined), 'topic')} />}
    </>
  );
}
