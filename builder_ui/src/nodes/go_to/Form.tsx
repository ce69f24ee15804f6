import { NumberField } from '../../fields/NumberField';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { most: 'Jumps of one enrollment, at most', more: 'Then the way “otherwise” is taken. Empty: every time.' },
  de: { most: 'Sprünge eines Durchgangs, höchstens', more: 'Dann wird der Weg „otherwise“ genommen. Leer: jedes Mal.' },
});

export function GoToForm({ node, change }: FormProps<'go_to'>) {
  return <NumberField label={says.most} description={says.more} isOptional min={1} max={100} value={node.at_most} change={(n) => (n === undefined || n >= 1) && change(write(node, 'at_most', n), 'at_most')} />;
}
