import { IconFilterPause } from '@tabler/icons-react';

import { sayDuration } from '../../graph/words';
import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Throttle', most: (n: number, per: string) => `At most ${n} in ${per}`, others: 'the others wait in line' },
  de: { name: 'Drosseln', most: (n: number, per: string) => `Höchstens ${n} in ${per}`, others: 'die anderen warten, bis sie an der Reihe sind' },
});

export const throttle: NodeDefinition<'throttle'> = {
  name: says.name,
  color: 'orange',
  icon: IconFilterPause,
  blank: () => ({ kind: 'throttle', at_most: 100, per: 'PT1H' }),
  summary: (node) => says.most(node.at_most, sayDuration(node.per ?? 'PT1M', 'bent')),
  more: () => says.others,
  Form: lazyForm((forms) => forms.ThrottleForm),
};
