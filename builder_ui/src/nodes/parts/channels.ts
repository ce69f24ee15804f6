import { IconBellRinging, IconMail, IconMessage } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';

import type { Try } from '../../generated/journey';
import { words } from '../../words/language';

/** By which a message to a contact goes; a channel without words does not compile. */
export type Channel = Try['channel'];

const says = words<{ readonly names: { readonly [channel in Channel]: string }; readonly within: { readonly [channel in Channel]: string } }>({
  en: { names: { email: 'E-mail', sms: 'Text', push: 'Push' }, within: { email: 'e-mail', sms: 'text', push: 'push' } },
  de: { names: { email: 'E-Mail', sms: 'SMS', push: 'Push' }, within: { email: 'E-Mail', sms: 'SMS', push: 'Push' } },
});

/** What channels are called: alone, and within a sentence. */
export const { names: CHANNEL_NAMES, within: CHANNELS_WITHIN } = says;
/** In the order in which they are offered. */
export const CHANNELS = Object.keys(CHANNEL_NAMES) as readonly Channel[];
export const CHANNEL_ICONS: { readonly [channel in Channel]: Icon } = { email: IconMail, sms: IconMessage, push: IconBellRinging };

/** What a channel is called; one that nobody knows, by its key. */
export function sayChannel(channel: string): string {
  return Object.hasOwn(CHANNEL_NAMES, channel) ? CHANNEL_NAMES[channel as Channel] : channel;
}
