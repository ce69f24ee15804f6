import { Select } from '@mantine/core';

import type { Journey, NodeKey } from '../generated/journey';
import { listNodes, pathsOf, type WayOut } from '../graph/paths';
import { type EditStep, steps } from '../graph/edit/steps';
import { describeNode } from '../nodes/registry';
import { words } from '../words/language';
import { Section } from './parts';

const says = words({
  en: {
    ways: 'Ways out', to: (label: string) => `“${label}” leads to`, end: 'the end: completed',
    labels: { next: 'Next', timeout: 'Timeout', due: 'Due', otherwise: 'Otherwise', missing: 'Missing', skipped: 'Skipped', error: 'Error' } as Readonly<Record<string, string>>,
  },
  de: {
    ways: 'Ausgänge', to: (label: string) => `„${label}“ führt zu`, end: 'zum Ende: abgeschlossen',
    labels: { next: 'Weiter', timeout: 'Zeit abgelaufen', due: 'Frist vorbei', otherwise: 'Sonst', missing: 'Fehlt', skipped: 'Ausgelassen', error: 'Fehler' },
  },
});

/** Where each way out leads, for whoever does not draw lines. */
export function WaysFields({ journey, node: key, edit }: { readonly journey: Journey; readonly node: NodeKey; readonly edit: (step: EditStep) => void }) {
  const node = journey.nodes?.[key];
  const ways = node ? pathsOf(node) : [];
  if (ways.length === 0) return null;
  return (
    <Section title={says.ways}>
      {ways.map(({ label, next, at }) => {
        const own = at[0] !== 'paths' ? (says.labels[label] ?? label) : label;
        return <TargetSelect key={at.join('/')} journey={journey} label={own} way={{ node: key, at }} target={next} edit={edit} />;
      })}
    </Section>
  );
}

/** To which node a way leads. */
export function TargetSelect({ journey, label, way, target, edit, besides }: {
  readonly journey: Journey; readonly label: string; readonly way: WayOut; readonly target: NodeKey | null; readonly edit: (step: EditStep) => void; readonly besides?: NodeKey;
}) {
  const data = listNodes(journey).filter(([key]) => key !== besides).map(([key, node]) => ({ value: key, label: `${describeNode(node).title} · ${key}` }));
  return (
    <Select size="xs" label={label} aria-label={says.to(label)} placeholder={says.end} searchable clearable limit={80} value={target} data={data} comboboxProps={{ withinPortal: true, width: 300, position: 'bottom-start' }} nothingFoundMessage="–"
      onChange={(next) => edit(next === null ? steps.disconnect(way) : steps.connect(way, next))} />
  );
}
