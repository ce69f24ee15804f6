import '@mantine/charts/styles.css';

import { AreaChart, BarChart } from '@mantine/charts';

import { sayCompact, sayDay, sayNumber } from '../words/formats';
import type { Day } from './asks';
import { says } from './words';

/** Fewer days than these are drawn as bars. */
const FEW = 15;
/** The drawing is for who sees it alone. */
const SEEN = { accessibilityLayer: false };
const GOAL_COLORS = ['green.6', 'teal.6', 'lime.6'];

/** Entries and goals day by day; a table says the same to whoever does not see it. */
export default function Chart({ days, goals }: { readonly days: readonly Day[]; readonly goals: readonly string[] }) {
  const series = [{ name: 'entered', label: says.entered, color: 'indigo.6' }, ...goals.slice(0, GOAL_COLORS.length).map((goal, place) => ({ name: `goal ${goal}`, label: goal, color: GOAL_COLORS[place]! }))];
  const data = days.map(({ day, entered, goals: reached }) => ({ day: sayDay(day), entered, ...Object.fromEntries(goals.map((goal) => [`goal ${goal}`, reached[goal] ?? 0])) }));
  const common = { h: 160, data, dataKey: 'day', series, withLegend: goals.length > 0, tickLine: 'none', gridAxis: 'x', valueFormatter: sayNumber, yAxisProps: { width: 34, allowDecimals: false, tickFormatter: sayCompact }, legendProps: { verticalAlign: 'bottom', height: 26 } } as const;
  return (
    <>
      <div aria-hidden>{days.length < FEW ? <BarChart {...common} maxBarWidth={26} barChartProps={SEEN} /> : <AreaChart {...common} curveType="monotone" withDots={false} areaChartProps={SEEN} />}</div>
      <table className="unseen">
        <thead><tr><th>{says.byDay}</th>{series.map(({ name, label }) => <th key={name}>{label}</th>)}</tr></thead>
        <tbody>{days.map(({ day, entered, goals: reached }) => <tr key={day}><th>{sayDay(day)}</th><td>{entered}</td>{goals.slice(0, GOAL_COLORS.length).map((goal) => <td key={goal}>{reached[goal] ?? 0}</td>)}</tr>)}</tbody>
      </table>
    </>
  );
}
