import { TextField } from '../../fields/TextField';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { reason: 'Reason', more: 'Shown in reports.', wrong: '1 to 60 characters' },
  de: { reason: 'Grund', more: 'Steht in den Berichten.', wrong: '1 bis 60 Zeichen' },
});

export function LeaveForm({ node, change }: FormProps<'leave'>) {
  return <TextField label={says.reason} description={says.more} value={node.reason} check={(text) => (text.length > 0 && text.length <= 60 ? null : says.wrong)} change={(reason) => change({ ...node, reason }, 'reason')} />;
}
