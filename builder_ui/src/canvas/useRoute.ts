import { getSmoothStepPath, type Position } from '@xyflow/react';
import { useMemo } from 'react';

import { findMiddle, type Route, type Spot, writePath } from '../graph/route';

type Ends = { readonly sourceX: number; readonly sourceY: number; readonly targetX: number; readonly targetY: number; readonly sourcePosition: Position; readonly targetPosition: Position };
/** A handle's edge is so far from where its line is said to begin. */
const NEAR = 14;

/** How a line is drawn: by its route; while one of its cards is being dragged, the short way. */
export function useRoute(route: Route | undefined, ends: Ends): { readonly path: string; readonly middle: Spot } {
  const fits = route !== undefined && isNear(route.from, ends.sourceX, ends.sourceY) && isNear(route.to, ends.targetX, ends.targetY);
  const routed = useMemo(() => (route === undefined ? null : { path: writePath(route.corners), middle: findMiddle(route.corners) }), [route]);
  if (fits && routed) return routed;
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = ends;
  const [path, x, y] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 10 });
  return { path, middle: { x, y } };
}

function isNear({ x, y }: Spot, otherX: number, otherY: number): boolean {
  return Math.abs(x - otherX) < NEAR && Math.abs(y - otherY) < NEAR;
}
