import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { Card } from '../ui/Card';
import { askCosts } from './asks';
import { type Costs, isEstimated, sayCosts, says } from './costs';

/** What the texts of a journey have cost, as their providers say, and estimated. */
export function TextCosts({ journey }: { readonly journey: string }) {
  const { data } = useQuery(askCosts(journey));
  if (!data || data.texts === 0) return null;
  return <Card title={says.title}><CostLine costs={data} /><CostNotes costs={data} /></Card>;
}

/** The amount, and how many texts and parts it is for. */
export function CostLine({ costs, small = false }: { readonly costs: Costs; readonly small?: boolean }) {
  return (
    <div>
      <Text size={small ? 'xs' : 'sm'} fw={600} className="numbers">{sayCosts(costs)}</Text>
      <Text size="xs" c="dimmed" className="numbers">{says.counts(costs.texts, costs.parts)}</Text>
    </div>
  );
}

/** What the amounts leave open. */
export function CostNotes({ costs }: { readonly costs: Costs }) {
  return (
    <>
      {isEstimated(costs) && <Text size="xs" c="dimmed" mt={6}>{says.meant}</Text>}
      {costs.unpriced > 0 && <Text size="xs" c="dimmed" mt={6}>{says.unpriced(costs.unpriced)}</Text>}
    </>
  );
}
