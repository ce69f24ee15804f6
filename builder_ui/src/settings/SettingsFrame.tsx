import { Group, UnstyledButton } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { words } from '../words/language';

const says = words({
  en: { title: 'Settings', parts: 'Parts of the settings', people: 'People and keys', topics: 'Topics', senders: 'Senders', pages: 'Public pages', limits: 'Sending limits', texts: 'Text messages', channels: 'Channels', endpoints: 'Endpoints', fetched: 'Fetched content', audit: 'Audit log' },
  de: { title: 'Einstellungen', parts: 'Teile der Einstellungen', people: 'Menschen und Schlüssel', topics: 'Themen', senders: 'Absender', pages: 'Öffentliche Seiten', limits: 'Sendegrenzen', texts: 'SMS', channels: 'Kanäle', endpoints: 'Endpunkte', fetched: 'Geholte Inhalte', audit: 'Protokoll' },
});

const PARTS = [
  { to: '/settings', label: says.people, isOpen: true },
  { to: '/settings/topics', label: says.topics, isOpen: true },
  { to: '/settings/senders', label: says.senders, isOpen: true },
  { to: '/settings/public-pages', label: says.pages, isOpen: false },
  { to: '/settings/limits', label: says.limits, isOpen: true },
  { to: '/settings/texts', label: says.texts, isOpen: true },
  { to: '/settings/channels', label: says.channels, isOpen: false },
  { to: '/settings/endpoints', label: says.endpoints, isOpen: false },
  { to: '/settings/fetched', label: says.fetched, isOpen: false },
  { to: '/settings/audit', label: says.audit, isOpen: false },
] as const;

/** What stands around every page of the settings: their title, and the way to the others. */
export function SettingsFrame({ more, actions, children }: { readonly more: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const mayAll = useMay('settings:manage');
  const parts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = parts.current;
    const here = row?.querySelector<HTMLElement>('.current');
    if (row && here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }, [pathname, mayAll]);
  return (
    <Page title={says.title} more={more} actions={actions}>
      <Group component="nav" ref={parts} gap={4} mb="md" aria-label={says.parts} className="parts">
        {PARTS.filter(({ isOpen }) => isOpen || mayAll).map(({ to, label }) => (
          <UnstyledButton key={to} component={Link} to={to} activeOptions={{ exact: true }} className={`part${pathname === to ? ' current' : ''}`} aria-current={pathname === to ? 'page' : undefined}>{label}</UnstyledButton>
        ))}
      </Group>
      {children}
    </Page>
  );
}
