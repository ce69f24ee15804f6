import { IconClock } from '@tabler/icons-react';

import type { WaitNode } from '../../generated/journey';
import { lastName, sayDuration, sayOffset, sayWeekdays } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const wait: NodeDefinition<'wait'> = {
  name: 'Wait',
  color: 'orange',
  icon: IconClock,
  blank: () => ({ kind: 'wait', for: 'P1D' }),
  summary: sayWait,
  more: ({ until, on_missing }) => {
    if (!until) return 'for each by themselves';
    if ('attribute' in until) return typeof on_missing === 'object' ? 'another way if there is no such date' : 'who has no such date leaves';
    const ahead = 'days_ahead' in until && until.days_ahead ? `from ${until.days_ahead === 1 ? 'tomorrow' : `${until.days_ahead} days ahead`} on, ` : '';
    const holidays = until.skip_holidays ? ', not on holidays' : '';
    const late = 'same_day_if_late' in until && until.same_day_if_late ? ', at once if that has passed' : '';
    return `${ahead}in their own zone${holidays}${late}`;
  },
};

function sayWait(node: WaitNode): string {
  const { until } = node;
  if (!until) return `Wait ${node.for ? sayDuration(node.for) : 'for nothing yet'}`;
  if ('attribute' in until) return `Wait until ${sayOffset(until.offset, `“${lastName(until.attribute)}”`)}${until.at ? ` at ${until.at}` : ''}`;
  if ('from' in until) return `Wait until between ${until.from} and ${until.to}${sayOn(until.weekdays)}`;
  return `Wait until ${until.at}${sayOn(until.weekdays)}`;
}

function sayOn(weekdays: readonly string[] | undefined): string {
  return weekdays && weekdays.length < 7 ? ` on ${sayWeekdays(weekdays)}` : '';
}
