import { useMemo } from 'react';

import type { Journey } from '../generated/journey';
import { draw, HEIGHT, WIDTH } from '../graph/flow';
import { describeNode } from '../nodes/registry';

const AROUND = 40;

/** A journey drawn small, without words: its shape, and its kinds by their colours. */
export function Thumbnail({ journey, label }: { readonly journey: Journey; readonly label: string }) {
  const { steps, lines } = useMemo(() => draw(journey), [journey]);
  const places = new Map(steps.map((step) => [step.id, step]));
  const left = Math.min(...steps.map(({ x }) => x)) - AROUND;
  const top = Math.min(...steps.map(({ y }) => y)) - AROUND;
  const width = Math.max(...steps.map(({ x }) => x)) + WIDTH + AROUND - left;
  const height = Math.max(...steps.map(({ y }) => y)) + HEIGHT + AROUND - top;
  return (
    <svg className="thumbnail" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label} preserveAspectRatio="xMidYMid meet">
      {lines.map(({ id, from, to }) => {
        const one = places.get(from);
        const other = places.get(to);
        if (!one || !other) return null;
        const [x1, y1, x2, y2] = [one.x + WIDTH / 2, one.y + HEIGHT, other.x + WIDTH / 2, other.y];
        return <path key={id} d={`M${x1},${y1} C${x1},${(y1 + y2) / 2} ${x2},${(y1 + y2) / 2} ${x2},${y2}`} fill="none" stroke="var(--line)" strokeWidth={5} />;
      })}
      {steps.map(({ id, node, x, y }) => {
        const color = node ? describeNode(node).color : 'violet';
        return (
          <g key={id}>
            <rect x={x} y={y} width={WIDTH} height={HEIGHT} rx={18} fill="var(--mantine-color-body)" stroke="var(--line)" strokeWidth={3} />
            <rect x={x + 18} y={y + 24} width={56} height={56} rx={14} fill={`var(--mantine-color-${color}-light)`} stroke={`var(--mantine-color-${color}-5)`} strokeWidth={3} />
            <rect x={x + 92} y={y + 32} width={130} height={14} rx={7} fill="var(--line)" />
            <rect x={x + 92} y={y + 58} width={88} height={12} rx={6} fill="var(--line)" opacity={0.5} />
          </g>
        );
      })}
    </svg>
  );
}
