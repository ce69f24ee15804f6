import { Chooser } from '../ui/Chooser';
import { describeOffer, findKinds, type Offer } from './adding';
import { says } from './words';

/** Asks which kind of step is wanted. */
export function KindPicker({ title, onPick, onClose }: { readonly title: string; readonly onPick: (kind: Offer) => void; readonly onClose: () => void }) {
  const choices = findKinds('').flatMap(([shelf, kinds]) => kinds.map((kind) => {
    const { name, icon, color, also = '' } = describeOffer(kind);
    return { id: kind, label: name, group: says.shelves[shelf], icon, color, alsoKnownAs: `${kind.replaceAll('_', ' ')} ${also}` };
  }));
  return <Chooser title={title} choices={choices} onChoose={(id) => onPick(id as Offer)} onClose={onClose} />;
}
