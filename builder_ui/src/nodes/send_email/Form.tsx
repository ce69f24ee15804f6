import { MessageForm } from '../parts/MessageForm';
import type { FormProps } from '../types';

export function SendEmailForm({ node, change }: FormProps<'send_email'>) {
  return <MessageForm node={node} change={change} />;
}
