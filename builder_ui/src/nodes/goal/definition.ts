import { IconTrophy } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Goal', reached: (goal: string) => `Goal reached: ${goal || 'not chosen yet'}`, on: 'and go on' },
  de: { name: 'Ziel', reached: (goal: string) => `Ziel erreicht: ${goal || 'noch nicht gewählt'}`, on: 'und weitergehen' },
});

export const goal: NodeDefinition<'goal'> = {
  name: says.name,
  color: 'green',
  icon: IconTrophy,
  blank: () => ({ kind: 'goal', goal: '' }),
  summary: (node) => says.reached(node.goal),
  more: () => says.on,
  Form: lazyForm((forms) => forms.GoalForm),
};
