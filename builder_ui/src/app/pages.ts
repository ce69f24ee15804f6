// Every page that the menu and the command menu lead to.
import { type Icon, IconBolt, IconHome, IconInbox, IconMailCheck, IconMailSearch, IconMessageQuestion, IconPhoto, IconRoute, IconSend, IconSettings, IconShoppingBag, IconStack2, IconTemplate, IconTicket, IconUsers, IconUsersGroup } from '@tabler/icons-react';

import { words } from '../words/language';

const says = words({
  en: { overview: 'Overview', broadcasts: 'Broadcasts', journeys: 'Journeys', questions: 'Questions', segments: 'Segments', events: 'Events', settings: 'Settings', templates: 'Templates', coupons: 'Coupons', catalogs: 'Catalogs', files: 'Files', messages: 'Messages', mailbox: 'Mailbox', deliverability: 'Deliverability', contacts: 'Contacts', queues: 'Queues' },
  de: { overview: 'Überblick', broadcasts: 'Rundsendungen', journeys: 'Journeys', questions: 'Fragen', segments: 'Segmente', events: 'Ereignisse', settings: 'Einstellungen', templates: 'Vorlagen', coupons: 'Gutscheine', catalogs: 'Kataloge', files: 'Dateien', messages: 'Nachrichten', mailbox: 'Postfach', deliverability: 'Zustellbarkeit', contacts: 'Kontakte', queues: 'Warteschlangen' },
});

/** In which part of the menu a page stands, from the top. */
export const GROUPS = ['journeys', 'people', 'words', 'operations'] as const;

export type MenuPage = {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  readonly group: (typeof GROUPS)[number];
  /** Without it the server would refuse what the page shows. */
  readonly needs?: string;
};

export const PAGES: readonly MenuPage[] = [
  { to: '/', label: says.overview, icon: IconHome, group: 'journeys', needs: 'journeys:read' },
  { to: '/journeys', label: says.journeys, icon: IconRoute, group: 'journeys', needs: 'journeys:read' },
  { to: '/broadcasts', label: says.broadcasts, icon: IconSend, group: 'journeys', needs: 'journeys:read' },
  { to: '/questions', label: says.questions, icon: IconMessageQuestion, group: 'journeys', needs: 'questions:answer' },
  { to: '/contacts', label: says.contacts, icon: IconUsers, group: 'people', needs: 'contacts:read' },
  { to: '/segments', label: says.segments, icon: IconUsersGroup, group: 'people', needs: 'journeys:read' },
  { to: '/templates', label: says.templates, icon: IconTemplate, group: 'words', needs: 'journeys:read' },
  { to: '/files', label: says.files, icon: IconPhoto, group: 'words', needs: 'journeys:read' },
  { to: '/coupons', label: says.coupons, icon: IconTicket, group: 'words', needs: 'journeys:read' },
  { to: '/catalogs', label: says.catalogs, icon: IconShoppingBag, group: 'words', needs: 'journeys:read' },
  { to: '/messages', label: says.messages, icon: IconMailSearch, group: 'words', needs: 'contacts:read' },
  { to: '/mailbox', label: says.mailbox, icon: IconInbox, group: 'words', needs: 'contacts:read' },
  { to: '/events', label: says.events, icon: IconBolt, group: 'operations', needs: 'contacts:read' },
  { to: '/deliverability', label: says.deliverability, icon: IconMailCheck, group: 'operations', needs: 'operations:read' },
  { to: '/queues', label: says.queues, icon: IconStack2, group: 'operations', needs: 'operations:read' },
  { to: '/settings', label: says.settings, icon: IconSettings, group: 'operations' },
];
