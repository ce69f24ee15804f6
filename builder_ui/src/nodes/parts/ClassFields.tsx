import { SwitchField } from '../../fields/ChoiceField';
import { NameSelect } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';

const says = words({
  en: { topic: 'Topic', topicMore: 'The kind of message that contacts can refuse.', class: 'Class', marketing: 'Marketing', transactional: 'Transactional', transactionalMore: 'Something the contact expects, such as a receipt. Goes out whatever they chose.', marketingMore: 'Only to those who may be written to about its topic.' },
  de: { topic: 'Thema', topicMore: 'Die Art Nachricht, die Kontakte ablehnen können.', class: 'Klasse', marketing: 'Marketing', transactional: 'Transaktional', transactionalMore: 'Etwas, das der Kontakt erwartet, etwa eine Rechnung. Geht immer hinaus.', marketingMore: 'Nur an die, denen zu diesem Thema geschrieben werden darf.' },
});

type Classed = { readonly class?: 'marketing' | 'transactional'; readonly topic?: string };

/** Whether a message is advertising or expected, and the topic that contacts may refuse. */
export function ClassFields<Node extends Classed>({ node, change }: { readonly node: Node; readonly change: (node: Node, field?: string) => void }) {
  const put = <Field extends keyof Classed>(field: Field, value: Classed[Field] | undefined, typed?: string) => change(write<Classed, Field>(node, field, value) as Node, typed);
  const ofClass = node.class ?? 'marketing';
  return (
    <>
      <SwitchField label={says.class} description={ofClass === 'marketing' ? says.marketingMore : says.transactionalMore} value={ofClass} change={(next) => put('class', next === 'marketing' ? undefined : next)}
        choices={[{ value: 'marketing', label: says.marketing }, { value: 'transactional', label: says.transactional }]} />
      <NameSelect label={says.topic} description={says.topicMore} kind="topic" value={node.topic ?? ''} change={(topic) => put('topic', topic, 'topic')} />
    </>
  );
}
