import { Avatar } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { useEffect } from 'react';

import { HEIGHT, type Step, WIDTH } from '../graph/flow';
import { says } from './words';

/** Somebody on the drawing, standing at the edge of a card; goes to the next one when that is another. */
export function Token({ steps, at, name }: { readonly steps: readonly Step[]; readonly at: string; readonly name: string }) {
  const flow = useReactFlow();
  const isCalm = useReducedMotion();
  const step = steps.find(({ id }) => id === at);
  const { x, y } = step ?? { x: 0, y: 0 };
  useEffect(() => {
    const frame = document.querySelector('.trying .react-flow')?.getBoundingClientRect();
    const { x: left, y: top } = flow.flowToScreenPosition({ x, y });
    const zoom = flow.getZoom();
    const isSeen = frame && left > frame.left && top > frame.top && left + WIDTH * zoom < frame.right && top + HEIGHT * zoom < frame.bottom;
    if (frame && !isSeen) void flow.setCenter(x + WIDTH / 2, y + HEIGHT / 2, { zoom: Math.max(0.5, zoom), duration: isCalm ? 0 : 400 });
  }, [flow, x, y, isCalm]);
  if (!step) return null;
  return (
    <ViewportPortal>
      <div className="token" style={{ transform: `translate(${x + WIDTH - 22}px, ${y - 22}px)` }} role="img" aria-label={`${says.token}: ${name}`}>
        <Avatar size={44} radius="xl" color="indigo" variant="filled" name={name} alt="" />
      </div>
    </ViewportPortal>
  );
}
