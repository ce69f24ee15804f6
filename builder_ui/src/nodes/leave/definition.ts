import { IconDoorExit } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Leave', leave: (reason: string) => `Leave: ${reason}`, end: 'the journey ends here' },
  de: { name: 'Verlassen', leave: (reason: string) => `Verlassen: ${reason}`, end: 'die Journey endet hier' },
});

export const leave: NodeDefinition<'leave'> = {
  name: says.name,
  color: 'gray',
  icon: IconDoorExit,
  blank: (key) => ({ kind: 'leave', reason: key }),
  summary: (node) => says.leave(node.reason),
  more: () => says.end,
  Form: lazyForm((forms) => forms.LeaveForm),
};
