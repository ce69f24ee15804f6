import { NameSelect } from '../../fields/NameSelect';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { goal: 'Goal', more: 'One of this journey’s goals; it is reached by arriving here, and the enrollment goes on.' },
  de: { goal: 'Ziel', more: 'Eines der Ziele dieser Journey; es ist mit der Ankunft hier erreicht, und es geht weiter.' },
});

export function GoalForm({ node, change }: FormProps<'goal'>) {
  return <NameSelect label={says.goal} description={says.more} kind="goal" value={node.goal} change={(goal) => change({ ...node, goal }, 'goal')} />;
}
