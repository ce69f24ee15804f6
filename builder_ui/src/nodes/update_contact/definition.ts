import { IconUserEdit } from '@tabler/icons-react';

import type { UpdateContactNode } from '../../generated/journey';
import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Update contact', set: (names: string) => `Set ${names}`, count: (names: string) => `Count ${names}`, remove: (names: string) => `Remove ${names}`, nothing: 'Set nothing yet', alsoRemove: (names: string) => `remove ${names}`, contact: 'of the contact' },
  de: { name: 'Kontakt ändern', set: (names: string) => `${names} setzen`, count: (names: string) => `${names} zählen`, remove: (names: string) => `${names} entfernen`, nothing: 'Noch nichts setzen', alsoRemove: (names: string) => `${names} entfernen`, contact: 'am Kontakt' },
});

export const updateContact: NodeDefinition<'update_contact'> = {
  name: says.name,
  color: 'pink',
  icon: IconUserEdit,
  blank: () => ({ kind: 'update_contact', set: {} }),
  summary: sayUpdate,
  more: (node) => (node.unset?.length ? says.alsoRemove(node.unset.join(', ')) : says.contact),
  Form: lazyForm((forms) => forms.UpdateContactForm),
};

function sayUpdate({ set, increment, unset }: UpdateContactNode): string {
  const names = Object.keys(set ?? {});
  const counted = Object.keys(increment ?? {});
  if (names.length > 0) return says.set([...names, ...counted].join(', '));
  if (counted.length > 0) return says.count(counted.join(', '));
  return unset?.length ? says.remove(unset.join(', ')) : says.nothing;
}
