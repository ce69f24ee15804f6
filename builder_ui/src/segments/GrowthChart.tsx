import '@mantine/charts/styles.css';

import { AreaChart } from '@mantine/charts';

import { sayCompact, sayDay, sayNumber } from '../words/formats';
import type { Day } from './growth';
import { says } from './words';

const SERIES = [{ name: 'size', label: says.size, color: 'indigo.6' }];

/** How many were in a segment day by day; a table says the same to whoever does not see it. */
export default function GrowthChart({ days }: { readonly days: readonly Day[] }) {
  const data = days.map(({ day, size }) => ({ day: sayDay(day), size }));
  return (
    <>
      <div aria-hidden>
        <AreaChart h={180} data={data} dataKey="day" series={SERIES} curveType="monotone" withDots={days.length < 10} tickLine="none" gridAxis="x" valueFormatter={sayNumber}
          yAxisProps={{ width: 40, allowDecimals: false, tickFormatter: sayCompact }} areaChartProps={{ accessibilityLayer: false }} />
      </div>
      <table className="unseen">
        <thead><tr><th>{says.day}</th><th>{says.size}</th></tr></thead>
        <tbody>{days.map(({ day, size }) => <tr key={day}><th>{sayDay(day)}</th><td>{size}</td></tr>)}</tbody>
      </table>
    </>
  );
}
