import { IconClock } from '@tabler/icons-react';

import type { WaitNode } from '../../generated/journey';
import { lastName, sayDuration, sayWeekdays } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const wait: NodeDefinition<'wait'> = {
  name: 'Wait',
  color: 'orange',
  icon: IconClock,
  title: sayWait,
  more: ({ until }) => {
    if (!until) return 'for each by themselves';
    const ahead = 'days_ahead' in until && until.days_ahead ? `from ${until.days_ahead === 1 ? 'tomorrow' : `${until.days_ahead} days ahead`} on, ` : '';
    return `${ahead}in their own zone${'skip_holidays' in until && until.skip_holidays ? ', not on holidays' : ''}`;
  },
};

function sayWait(node: WaitNode): string {
  const { until } = node;
  if (!until) return `Wait ${node.for ? sayDuration(node.for) : 'for nothing yet'}`;
  if ('attribute' in until) return `Wait until the date “${lastName(until.attribute)}”${until.at ? `, ${until.at}` : ''}`;
  if ('from' in until) return `Wait for ${until.from} to ${until.to} on ${sayWeekdays(until.weekdays)}`;
  return `Wait until ${until.at} on ${sayWeekdays(until.weekdays)}`;
}
