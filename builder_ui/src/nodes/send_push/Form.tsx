import { MessageForm } from '../parts/MessageForm';
import type { FormProps } from '../types';

export function SendPushForm({ node, change }: FormProps<'send_push'>) {
  return <MessageForm node={node} change={change} />;
}
