import { IconPlus } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';

import { useRoute } from '../canvas/useRoute';
import { nameHandle } from '../canvas/ways';
import { useEditor, useIsFar } from './context';
import type { WayEdge } from './drawing';
import { says } from './words';

/** A way from one step to another, with its label, and a plus to put a step between them. */
export const WayLine = memo(function WayLine({ id, data, selected, markerEnd, ...ends }: EdgeProps<WayEdge>) {
  const { mayEdit, pick } = useEditor();
  const isFar = useIsFar();
  const { path } = useRoute(data?.route, ends);
  if (!data) return null;
  const { way, label } = data;
  // In a narrow gap the plus stands in the middle.
  const room = ends.targetY - ends.sourceY;
  const down = label ? 27 : room > 0 && room < 60 ? room / 2 : 30;
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} interactionWidth={22} />
      {!isFar && (label || mayEdit) && (
        <EdgeLabelRenderer>
          {/* Several ways may lead to one step: their labels and pluses stay apart where they begin. */}
          <div className={selected ? 'way nopan chosen' : 'way nopan'} style={{ transform: `translate(-50%, -50%) translate(${ends.sourceX}px, ${ends.sourceY + down}px)` }}>
            {label && <span className="label" title={label}>{label}</span>}
            {mayEdit && (
              <button type="button" className="plus" data-way={`${way.node}|${nameHandle(way.at)}`} aria-label={`${says.addOn(label)} (${way.node} → ${ends.target})`}
                onClick={() => pick({ way }, label)}><IconPlus size={14} /></button>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
