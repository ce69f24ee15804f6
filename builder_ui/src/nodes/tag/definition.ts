import { IconTag } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Tag', add: (tags: string) => `Tag as ${tags}`, remove: (tags: string) => `Remove ${tags || 'nothing'}`, andRemove: (tags: string) => `and remove ${tags}`, contact: 'on the contact' },
  de: { name: 'Schlagwort', add: (tags: string) => `Mit ${tags} versehen`, remove: (tags: string) => (tags ? `${tags} entfernen` : 'Noch nichts entfernen'), andRemove: (tags: string) => `und ${tags} entfernen`, contact: 'am Kontakt' },
});

export const tag: NodeDefinition<'tag'> = {
  name: says.name,
  color: 'pink',
  icon: IconTag,
  blank: () => ({ kind: 'tag', add: [] }),
  summary: (node) => (node.add?.length ? says.add(node.add.join(', ')) : says.remove((node.remove ?? []).join(', '))),
  more: (node) => (node.add?.length && node.remove?.length ? says.andRemove(node.remove.join(', ')) : says.contact),
  Form: lazyForm((forms) => forms.TagForm),
};
