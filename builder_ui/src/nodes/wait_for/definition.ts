import { IconHourglass } from '@tabler/icons-react';

import { sayCondition, sayDuration } from '../../graph/words';
import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: {
    name: 'Wait for', label: 'it happens', something: 'something', for: (what: string) => `Wait for ${what}`, quoted: (event: string) => `“${event}”`,
    ranked: (length: string) => (length ? `${length} long, then the highest path that came` : 'the highest path that came'), upTo: (length: string) => `up to ${length}`, endless: 'without end',
  },
  de: {
    name: 'Warten auf', label: 'es geschieht', something: 'etwas', for: (what: string) => `Warten auf ${what}`, quoted: (event: string) => `„${event}“`,
    ranked: (length: string) => (length ? `${length} lang, dann der höchste Pfad, der kam` : 'der höchste Pfad, der kam'), upTo: (length: string) => `bis zu ${length}`, endless: 'ohne Ende',
  },
});

export const waitFor: NodeDefinition<'wait_for'> = {
  name: says.name,
  color: 'orange',
  icon: IconHourglass,
  blank: () => ({ kind: 'wait_for', paths: [{ label: says.label, event: '' }], timeout: { after: 'P7D' } }),
  summary: (node) => {
    const first = node.paths?.[0];
    if (!first) return says.for(says.something);
    return says.for('event' in first ? (first.event ? says.quoted(first.event) : says.something) : sayCondition(first.when));
  },
  more: (node) => {
    const after = node.timeout?.after;
    if (node.choose === 'ranked') return says.ranked(after ? sayDuration(after) : '');
    return after ? says.upTo(sayDuration(after, 'bent')) : says.endless;
  },
  Form: lazyForm((forms) => forms.WaitForForm),
};
