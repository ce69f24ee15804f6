import { Anchor, Stack, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { listNodes } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { type Costs, says } from '../templates/costs';
import { CostLine, CostNotes } from '../templates/TextCosts';
import type { Report } from './asks';
import { costsOf } from './funnel';
import { Part } from './parts';

/** What the texts of every step that sends some have cost, and all of them. */
export function JourneyCosts({ journey, report, choose }: { readonly journey: Journey; readonly report: Report; readonly choose: (node: string) => void }) {
  const whole = costsOf(report);
  if (whole === null) return null;
  const rows = listNodes(journey).flatMap(([key, node]) => {
    const costs = report.messages[key]?.costs;
    return costs && costs.texts > 0 ? [{ key, node, costs }] : [];
  });
  const gone = Object.keys(report.messages).some((key) => report.messages[key]!.costs && !rows.some((row) => row.key === key));
  return (
    <Part title={says.title}>
      <Stack gap="xs">
        {rows.map(({ key, node, costs }) => (
          <div key={key}>
            <Anchor component="button" type="button" size="xs" ta="left" onClick={() => choose(key)}>{describeNode(node).title}</Anchor>
            <CostLine costs={costs} small />
          </div>
        ))}
        {(rows.length !== 1 || gone) && <div><Text size="xs" c="dimmed">{says.all}</Text><CostLine costs={whole} /></div>}
      </Stack>
      <CostNotes costs={whole} />
    </Part>
  );
}

/** What the texts of one step have cost. */
export function StepCosts({ costs }: { readonly costs: Costs | null }) {
  if (costs === null || costs.texts === 0) return null;
  return <Part title={says.title}><CostLine costs={costs} /><CostNotes costs={costs} /></Part>;
}
