import { IconCircleOff, IconRoute } from '@tabler/icons-react';

import { nameHandle, waysOf } from '../canvas/ways';
import { sayWay } from '../graph/sayWay';
import type { Journey } from '../generated/journey';
import { listFurther } from '../graph/edit/ways';
import { findNode, listNodes, TRIGGER, type WayOut } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Chooser } from '../ui/Chooser';
import { says } from './words';

const NOWHERE = '(nowhere)';

type Listed = { readonly way: WayOut; readonly label: string; readonly next: string | null };

/** All ways out of a step that can lead somewhere, also those that it does not have yet. */
export function listWays(journey: Journey, id: string): readonly Listed[] {
  const node = findNode(journey, id) ?? null;
  if (node === null && id !== TRIGGER) return [];
  const ways = waysOf(node, journey.start ?? null).map(({ at, label, next }) => ({ way: { node: id, at }, label: sayWay(at, label), next }));
  const further = node === null ? [] : listFurther(node).map((at) => ({ way: { node: id, at }, label: sayWay(at, ''), next: null }));
  return [...ways, ...further];
}

/** Asks which way is meant, unless there is only one, and where it shall lead. */
export function LeadPicker({ journey, node, way, onWay, onLead, onClose }: {
  readonly journey: Journey;
  readonly node: string;
  readonly way: WayOut | null;
  readonly onWay: (way: WayOut) => void;
  readonly onLead: (way: WayOut, target: string | null) => void;
  readonly onClose: () => void;
}) {
  const ways = listWays(journey, node);
  const title = (key: string) => {
    const found = findNode(journey, key);
    return found ? describeNode(found).title : key;
  };
  const chosen = way ?? (ways.length === 1 ? ways[0]!.way : null);
  if (chosen === null) {
    return (
      <Chooser key="way" title={says.leadFrom} onClose={onClose} onChoose={(id) => { const found = ways.find((one) => nameHandle(one.way.at) === id); if (found) onWay(found.way); }}
        choices={ways.map((one) => ({ id: nameHandle(one.way.at), label: one.label || says.straight, more: one.next === null ? says.leadsNowhere : says.leadsTo(title(one.next)), icon: IconRoute }))} />
    );
  }
  const label = ways.find((one) => nameHandle(one.way.at) === nameHandle(chosen.at))?.label ?? '';
  return (
    <Chooser key="target" title={says.leadTo(label)} onClose={onClose} onChoose={(id) => onLead(chosen, id === NOWHERE ? null : id)}
      choices={[
        ...listNodes(journey).map(([key, one]) => ({ id: key, label: describeNode(one).title, more: key, icon: describeNode(one).icon, color: describeNode(one).color, alsoKnownAs: describeNode(one).name })),
        { id: NOWHERE, label: says.nowhere, icon: IconCircleOff },
      ]} />
  );
}
