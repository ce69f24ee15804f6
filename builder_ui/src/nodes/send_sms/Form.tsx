import { MessageForm } from '../parts/MessageForm';
import type { FormProps } from '../types';

export function SendSmsForm({ node, change }: FormProps<'send_sms'>) {
  return <MessageForm node={node} change={change} />;
}
