import { IconStars } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: {
    name: 'Score', theScore: 'the score', set: (name: string, to: number) => `Set ${name} to ${to}`, add: (name: string, by: number) => `Add ${by} to ${name}`, take: (name: string, by: number) => `Take ${by} from ${name}`,
    least: (n: number) => `at least ${n}`, most: (n: number) => `at most ${n}`,
  },
  de: {
    name: 'Punkte', theScore: 'Punktestand', set: (name: string, to: number) => `${name} auf ${to} setzen`, add: (name: string, by: number) => `${by} zu ${name} addieren`, take: (name: string, by: number) => `${by} von ${name} abziehen`,
    least: (n: number) => `mindestens ${n}`, most: (n: number) => `höchstens ${n}`,
  },
});

export const score: NodeDefinition<'score'> = {
  name: says.name,
  color: 'pink',
  icon: IconStars,
  blank: () => ({ kind: 'score', score: '', by: 10 }),
  summary: (node) => {
    const name = node.score || says.theScore;
    if (typeof node.to === 'number') return says.set(name, node.to);
    const by = node.by ?? 0;
    return by < 0 ? says.take(name, -by) : says.add(name, by);
  },
  more: (node) => {
    const bounds = [typeof node.floor === 'number' ? says.least(node.floor) : '', typeof node.ceiling === 'number' ? says.most(node.ceiling) : ''];
    return bounds.filter(Boolean).join(', ');
  },
  Form: lazyForm((forms) => forms.ScoreForm),
};
