import { IconClock } from '@tabler/icons-react';

import type { WaitNode } from '../../generated/journey';
import { lastName, sayDuration, sayOffset, sayOnWeekdays } from '../../graph/words';
import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: {
    name: 'Wait', for: (length: string) => `Wait ${length}`, nothing: 'Wait for nothing yet', quoted: (name: string) => `“${name}”`, until: (what: string) => `Wait until ${what}`, between: (from: string, to: string) => `between ${from} and ${to}`, atTime: (time: string) => `at ${time}`,
    themselves: 'for each by themselves', another: 'another way if there is no such date', leaves: 'who has no such date leaves', tomorrow: 'from tomorrow on, ', ahead: (n: number) => `from ${n} days ahead on, `, zone: 'in their own zone', holidays: ', not on holidays', late: ', at once if that has passed', best: 'Wait for the contact’s best hour', everybody: 'Wait for everybody’s best hour', within: (from: string, to: string) => `between ${from} and ${to}, `, unknown: (time: string) => `, ${time} if nobody knows`,
  },
  de: {
    name: 'Warten', for: (length: string) => `${length} warten`, nothing: 'Noch auf nichts warten', quoted: (name: string) => `„${name}“`, until: (what: string) => `Warten bis ${what}`, between: (from: string, to: string) => `zwischen ${from} und ${to}`, atTime: (time: string) => `um ${time}`,
    themselves: 'jeder für sich', another: 'ein anderer Weg, wenn es kein solches Datum gibt', leaves: 'wer kein solches Datum hat, geht hinaus', tomorrow: 'ab morgen, ', ahead: (n: number) => `ab ${n} Tagen voraus, `, zone: 'in der eigenen Zeitzone', holidays: ', nicht an Feiertagen', late: ', sofort, wenn das vorbei ist', best: 'Auf die beste Stunde des Kontakts warten', everybody: 'Auf die beste Stunde aller warten', within: (from: string, to: string) => `zwischen ${from} und ${to}, `, unknown: (time: string) => `, ${time}, wenn es niemand weiß`,
  },
});

export const wait: NodeDefinition<'wait'> = {
  name: says.name,
  color: 'orange',
  icon: IconClock,
  blank: () => ({ kind: 'wait', for: 'P1D' }),
  summary: sayWait,
  more: ({ until, on_missing }) => {
    if (!until) return says.themselves;
    if ('attribute' in until) return typeof on_missing === 'object' ? says.another : says.leaves;
    if ('best_hour' in until) return `${until.from && until.to ? says.within(until.from, until.to) : ''}${says.zone}${says.unknown(until.fallback ?? '10:00')}`;
    const ahead = 'days_ahead' in until && until.days_ahead ? (until.days_ahead === 1 ? says.tomorrow : says.ahead(until.days_ahead)) : '';
    const holidays = until.skip_holidays ? says.holidays : '';
    const late = 'same_day_if_late' in until && until.same_day_if_late ? says.late : '';
    return `${ahead}${says.zone}${holidays}${late}`;
  },
  Form: lazyForm((forms) => forms.WaitForm),
};

function sayWait(node: WaitNode): string {
  const { until } = node;
  if (!until) return node.for ? says.for(sayDuration(node.for)) : says.nothing;
  if ('attribute' in until) return join(says.until(sayOffset(until.offset, says.quoted(lastName(until.attribute)))), until.at ? says.atTime(until.at) : '');
  if ('best_hour' in until) return join(until.best_hour === 'contact' ? says.best : says.everybody, sayOnWeekdays(until.weekdays));
  return join(says.until('from' in until ? says.between(until.from, until.to) : until.at), sayOnWeekdays(until.weekdays));
}

function join(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' ');
}
