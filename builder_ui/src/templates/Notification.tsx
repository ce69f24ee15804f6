import { IconBell } from '@tabler/icons-react';

import { words } from '../words/language';

const says = words({
  en: { shown: 'The notification', from: 'your site', leads: 'Leads to', site: 'the site itself' },
  de: { shown: 'Die Mitteilung', from: 'Ihre Website', leads: 'Führt zu', site: 'zur Website selbst' },
});

type Shown = { readonly title: string; readonly body: string; readonly url?: string; readonly actions?: readonly { readonly label: string; readonly url: string }[] };

/** A push as a browser shows it, without pictures: they are of other sites. */
export function Notification({ push: { title, body, url = '', actions = [] } }: { readonly push: Shown }) {
  return (
    <figure className="notification" aria-label={says.shown}>
      <div className="notification-head"><span className="notification-icon"><IconBell size={15} stroke={1.8} /></span><span>{readSite(url) || says.from}</span></div>
      <strong>{title}</strong>
      {body && <p>{body}</p>}
      {actions.length > 0 && <div className="notification-actions">{actions.map(({ label }, place) => <span key={place}>{label}</span>)}</div>}
      <figcaption>{says.leads}: {url || says.site}</figcaption>
    </figure>
  );
}

/** What a kept push says: its headers hold what is neither title nor text. */
export function readKeptPush(subject: string, text: string, headers: readonly (readonly string[])[]): Shown {
  const find = (name: string) => headers.filter(([one]) => one === name).map(([, value = '']) => value);
  const actions = find('action').map((line) => line.split(' -> ')).map(([label = '', ...target]) => ({ label, url: target.join(' -> ') }));
  return { title: subject, body: text, url: find('url')[0] ?? '', actions };
}

function readSite(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
