import { notifications } from '@mantine/notifications';

import { words } from '../words/language';

const says = words({ en: { failed: 'That did not work' }, de: { failed: 'Das hat nicht geklappt' } });

/** Says for a moment that something was done. */
export function tellDone(message: string): void {
  notifications.show({ message, color: 'green' });
}

/** Says what did not work, in the server's words. */
export function tellFailure(error: Error): void {
  notifications.show({ title: says.failed, message: error.message, color: 'red', autoClose: 8000 });
}
