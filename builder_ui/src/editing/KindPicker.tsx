import { describeKind } from '../nodes/registry';
import type { Kind } from '../nodes/types';
import { Chooser } from '../ui/Chooser';
import { findKinds } from './adding';
import { says } from './words';

/** Asks which kind of step is wanted. */
export function KindPicker({ title, onPick, onClose }: { readonly title: string; readonly onPick: (kind: Kind) => void; readonly onClose: () => void }) {
  const choices = findKinds('').flatMap(([shelf, kinds]) => kinds.map((kind) => {
    const { name, icon, color, also = '' } = describeKind(kind);
    return { id: kind, label: name, group: says.shelves[shelf], icon, color, alsoKnownAs: `${kind.replaceAll('_', ' ')} ${also}` };
  }));
  return <Chooser title={title} choices={choices} onChoose={(id) => onPick(id as Kind)} onClose={onClose} />;
}
