import { IconAlertCircle, IconAlertTriangle, IconBolt, IconMessage2, IconPlus } from '@tabler/icons-react';
import { Handle, Position, type Node as FlowNode, type NodeProps } from '@xyflow/react';
import { memo } from 'react';

import type { Problem } from '../api/types';
import { handleX, nameHandle, waysOf } from '../canvas/ways';
import { sayWay } from '../graph/sayWay';
import type { Node, Trigger } from '../generated/journey';
import { WIDTH } from '../graph/flow';
import { type Path, TRIGGER } from '../graph/paths';
import { sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import { useEditor, useIsFar } from './context';
import { says } from './words';

export type EditData = {
  readonly node: Node | null;
  /** Of the card that stands for it. */
  readonly trigger: Trigger | null;
  readonly start: string | null;
  readonly problems: readonly Problem[];
};
export type EditNode = FlowNode<EditData, 'step'>;

/** What a card says, to eyes and to ears. */
export function describeCard({ node, trigger }: Pick<EditData, 'node' | 'trigger'>) {
  return node ? describeNode(node) : { ...sayTrigger(trigger ?? { kind: 'manual' }), name: says.trigger, color: 'violet', icon: IconBolt };
}

// Plain elements: hundreds of these are on the canvas at once.
/** One step of the draft: what it does in words, what is wrong with it, and its ways out to draw from. */
export const EditCard = memo(function EditCard({ id, data, selected }: NodeProps<EditNode>) {
  const { mayEdit } = useEditor();
  const isFar = useIsFar();
  const { node, start, problems } = data;
  const { icon: Picture, color, name, title, more } = describeCard(data);
  const ways = waysOf(node, start);
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  const tone = worst ? (worst.severity === 'error' ? 'red' : 'yellow') : null;
  return (
    <div className={`step${selected ? ' chosen' : ''}${tone ? ` ${tone}` : ''}`} style={{ '--tone': `var(--mantine-color-${tone ?? color}-6)`, '--glow': `var(--mantine-color-${tone ?? color}-light)` } as React.CSSProperties}>
      {id !== TRIGGER && (isFar ? <StillHandle id="in" type="target" x={WIDTH / 2} /> : <Handle id="in" type="target" position={Position.Top} isConnectable={mayEdit} />)}
      <div className="head">
        <span className="icon" style={{ background: `var(--mantine-color-${color}-light)`, color: `var(--mantine-color-${color}-light-color)` }}><Picture size={isFar ? 34 : 19} stroke={1.8} /></span>
        <div className="grow">
          <div className="title" title={title}>{title}</div>
          {!isFar && <div className="more" title={more}>{more}</div>}
        </div>
        {isFar && worst && <Sign problem={worst} size={40} />}
      </div>
      {!isFar && (
        <div className="under">
          {worst ? <><Sign problem={worst} size={14} /><span className="said" title={worst.message}>{worst.message}</span></> : node?.note ? null : <span className="said">{name}</span>}
          {problems.length > 1 && <span>+{problems.length - 1}</span>}
          {node?.note && <span className={worst ? 'note short' : 'note'} title={`${says.comment}: ${node.note}`}><IconMessage2 size={14} aria-label={says.comment} role="img" className="fixed" />{!worst && <span className="said">{node.note}</span>}</span>}
        </div>
      )}
      {ways.map((way, place) => <WayOutHandle key={nameHandle(way.at)} id={id} way={way} x={handleX(place, ways.length)} count={ways.length} isFar={isFar} />)}
    </div>
  );
});

function Sign({ problem: { severity, message }, size }: { readonly problem: Problem; readonly size: number }) {
  const Picture = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
  return <Picture size={size} color={`var(--mantine-color-${severity === 'error' ? 'red' : 'yellow'}-6)`} className="fixed" role="img" aria-label={message} />;
}

/** Where a line begins or ends, for cards seen from far away: it listens to nothing, as there are many. */
function StillHandle({ id, type, x }: { readonly id: string; readonly type: 'source' | 'target'; readonly x: number }) {
  const side = type === 'source' ? 'bottom' : 'top';
  return <div className={`react-flow__handle react-flow__handle-${side} ${type}`} data-handleid={id} data-handlepos={side} style={{ left: x }} />;
}

/** Where a way begins: to draw from; and while it leads nowhere, its open end with a plus. */
function WayOutHandle({ id, way, x, count, isFar }: { readonly id: string; readonly way: Path; readonly x: number; readonly count: number; readonly isFar: boolean }) {
  const { mayEdit, pick } = useEditor();
  const label = sayWay(way.at, way.label);
  return (
    <>
      {isFar ? <StillHandle id={nameHandle(way.at)} type="source" x={x} /> : <Handle id={nameHandle(way.at)} type="source" position={Position.Bottom} isConnectable={mayEdit} style={{ left: x }} title={label} />}
      {way.next === null && !isFar && (
        <div className="open-end" style={{ left: x, maxWidth: WIDTH / count }}>
          <span className="stem" />
          {label && <span className="label">{label}</span>}
          {mayEdit && (
            <button type="button" className="plus nodrag nopan" data-way={`${id}|${nameHandle(way.at)}`} aria-label={`${says.addOn(label)} (${id})`}
              onClick={(event) => {
                event.stopPropagation();
                pick({ way: { node: id, at: way.at } }, label);
              }}><IconPlus size={14} /></button>
          )}
        </div>
      )}
    </>
  );
}
