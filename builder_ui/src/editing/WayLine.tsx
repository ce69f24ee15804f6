import { IconPlus } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';

import { useEditor } from './context';
import { nameHandle, type WayEdge } from './drawing';
import { says } from './words';

/** A way from one step to another, with its label, and a plus to put a step between them. */
export const WayLine = memo(function WayLine({ id, data, selected, markerEnd, ...ends }: EdgeProps<WayEdge>) {
  const { mayEdit, pick } = useEditor();
  const [path, x, y] = getSmoothStepPath({ ...ends, borderRadius: 8 });
  if (!data) return null;
  const { way, label } = data;
  // Several ways may lead to one step: their labels stay apart where they begin.
  const [labelX, labelY] = label ? [ends.sourceX, ends.sourceY + 27] : [x, y];
  return (
    <>
      <BaseEdge id={id} path={path} {...(markerEnd ? { markerEnd } : {})} interactionWidth={22} />
      <EdgeLabelRenderer>
        <div className={selected ? 'way nopan chosen' : 'way nopan'} style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}>
          {label && <span className="label" title={label}>{label}</span>}
          {mayEdit && (
            <button type="button" className="plus" data-way={`${way.node}|${nameHandle(way.at)}`} aria-label={`${says.addOn(label)} (${way.node} → ${ends.target})`}
              onClick={() => pick({ way }, label)}><IconPlus size={14} /></button>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
});
