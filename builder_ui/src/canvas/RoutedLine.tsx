import { BaseEdge, type Edge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';

import type { Route } from '../graph/route';
import { useRoute } from './useRoute';

export type LookedEdge = Edge<{ readonly words: string; readonly route: Route | undefined; readonly color: string | null; /** How broad it is, in pixels. */ readonly width?: number }, 'routed'>;

/** A way from one card to another, to look at, with what is said of it. */
export const RoutedLine = memo(function RoutedLine({ id, data, markerEnd, ...ends }: EdgeProps<LookedEdge>) {
  const { path, middle } = useRoute(data?.route, ends);
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} {...(data?.color ? { style: { stroke: data.color, strokeWidth: 2.5 } } : data?.width ? { style: { strokeWidth: data.width } } : {})} />
      {data?.words && (
        <EdgeLabelRenderer>
          <div className="way nopan" style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}><span className="label wide" title={data.words}>{data.words}</span></div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
