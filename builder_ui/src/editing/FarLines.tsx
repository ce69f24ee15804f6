import { ViewportPortal } from '@xyflow/react';
import { memo } from 'react';

import { HEIGHT, WIDTH } from '../graph/flow';
import { writePath } from '../graph/route';
import type { Dragged, WayEdge } from './drawing';

/** All lines of a canvas seen from far away: only drawn, as nobody could hit one, so that hundreds of them cost nothing. */
export const FarLines = memo(function FarLines({ edges, dragged }: { readonly edges: readonly WayEdge[]; readonly dragged: Dragged }) {
  return (
    <ViewportPortal>
      <svg className="far-lines" aria-hidden>
        {edges.map((edge) => <FarLine key={edge.id} edge={edge} from={dragged.get(edge.source)} to={dragged.get(edge.target)} />)}
      </svg>
    </ViewportPortal>
  );
});

type Spot = { readonly x: number; readonly y: number } | undefined;

const FarLine = memo(function FarLine({ edge: { data, selected }, from, to }: { readonly edge: WayEdge; readonly from: Spot; readonly to: Spot }) {
  if (!data?.route) return null;
  const { route } = data;
  const begin = from ? { x: from.x + WIDTH / 2, y: from.y + HEIGHT } : route.from;
  const end = to ? { x: to.x + WIDTH / 2, y: to.y } : route.to;
  return <path d={from || to ? `M${begin.x},${begin.y}L${end.x},${end.y}` : writePath(route.corners)} className={selected ? 'chosen' : undefined} />;
});
