// Which address shows which screen; each screen is loaded when it is first asked for.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';

import { readSought } from '../messages/sought';
import { Failure } from '../ui/States';
import { Nowhere } from './Nowhere';
import { Shell } from './Shell';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: Nowhere,
  errorComponent: ({ error }) => <Failure error={error instanceof Error ? error : new Error(String(error))} />,
});
const getParentRoute = () => root;

/** Of a journey's address: how it is looked at, at which step, and whose path is drawn. */
type JourneySearch = { readonly view?: string; readonly step?: string; readonly person?: number };

function readJourneySearch({ view, step, person }: Readonly<Record<string, unknown>>): JourneySearch {
  return {
    ...(typeof view === 'string' ? { view } : {}),
    ...(typeof step === 'string' ? { step } : {}),
    ...(Number.isSafeInteger(person) ? { person: person as number } : {}),
  };
}

const screens = [
  createRoute({ getParentRoute, path: '/', component: lazyRouteComponent(() => import('../home/HomePage'), 'HomePage') }),
  createRoute({ getParentRoute, path: '/broadcasts', component: lazyRouteComponent(() => import('../broadcasts/BroadcastList'), 'BroadcastList') }),
  createRoute({ getParentRoute, path: '/broadcasts/new', component: lazyRouteComponent(() => import('../broadcasts/BroadcastPage'), 'NewBroadcast') }),
  createRoute({ getParentRoute, path: '/broadcasts/$key', component: lazyRouteComponent(() => import('../broadcasts/BroadcastPage'), 'BroadcastPage') }),
  createRoute({ getParentRoute, path: '/settings/public-pages', component: lazyRouteComponent(() => import('../settings/PublicPagesPage'), 'PublicPagesPage') }),
  createRoute({ getParentRoute, path: '/files', component: lazyRouteComponent(() => import('../files/FilesPage'), 'FilesPage') }),
  createRoute({ getParentRoute, path: '/settings/senders', component: lazyRouteComponent(() => import('../settings/SendersPage'), 'SendersPage') }),
  createRoute({ getParentRoute, path: '/settings/topics', component: lazyRouteComponent(() => import('../settings/TopicsPage'), 'TopicsPage') }),
  createRoute({ getParentRoute, path: '/settings/texts', component: lazyRouteComponent(() => import('../settings/TextsPage'), 'TextsPage') }),
  createRoute({ getParentRoute, path: '/settings/limits', component: lazyRouteComponent(() => import('../settings/LimitsPage'), 'LimitsPage') }),
  createRoute({ getParentRoute, path: '/settings/channels', component: lazyRouteComponent(() => import('../settings/ChannelsPage'), 'ChannelsPage') }),
  createRoute({ getParentRoute, path: '/settings/endpoints', component: lazyRouteComponent(() => import('../settings/EndpointsPage'), 'EndpointsPage') }),
  createRoute({ getParentRoute, path: '/settings/endpoints/$key', component: lazyRouteComponent(() => import('../endpoints/EndpointPage'), 'EndpointPage') }),
  createRoute({ getParentRoute, path: '/settings/fetched', component: lazyRouteComponent(() => import('../fetched/FetchedPage'), 'FetchedPage') }),
  createRoute({ getParentRoute, path: '/settings/audit', component: lazyRouteComponent(() => import('../settings/AuditPage'), 'AuditPage') }),
  createRoute({ getParentRoute, path: '/journeys', component: lazyRouteComponent(() => import('../journeys/JourneyList'), 'JourneyList') }),
  createRoute({ getParentRoute, path: '/gallery', component: lazyRouteComponent(() => import('../gallery/GalleryPage'), 'GalleryPage') }),
  createRoute({ getParentRoute, path: '/events', component: lazyRouteComponent(() => import('../events/EventsPage'), 'EventsPage') }),
  createRoute({ getParentRoute, path: '/settings', component: lazyRouteComponent(() => import('../settings/SettingsPage'), 'SettingsPage') }),
  createRoute({ getParentRoute, path: '/segments', component: lazyRouteComponent(() => import('../segments/SegmentList'), 'SegmentList') }),
  createRoute({ getParentRoute, path: '/segments/$key', component: lazyRouteComponent(() => import('../segments/SegmentPage'), 'SegmentPage') }),
  createRoute({ getParentRoute, path: '/templates', component: lazyRouteComponent(() => import('../templates/TemplateList'), 'TemplateList') }),
  createRoute({ getParentRoute, path: '/templates/$key', validateSearch: ({ view }: Readonly<Record<string, unknown>>): { readonly view?: 'visual' } => (view === 'visual' ? { view } : {}), component: lazyRouteComponent(() => import('../templates/TemplatePage'), 'TemplatePage') }),
  createRoute({ getParentRoute, path: '/coupons', component: lazyRouteComponent(() => import('../coupons/CouponList'), 'CouponList') }),
  createRoute({ getParentRoute, path: '/coupons/$name', component: lazyRouteComponent(() => import('../coupons/CouponPage'), 'CouponPage') }),
  createRoute({ getParentRoute, path: '/catalogs', component: lazyRouteComponent(() => import('../catalogs/CatalogList'), 'CatalogList') }),
  createRoute({ getParentRoute, path: '/catalogs/$name', component: lazyRouteComponent(() => import('../catalogs/CatalogPage'), 'CatalogPage') }),
  createRoute({ getParentRoute, path: '/partials', component: lazyRouteComponent(() => import('../partials/PartialList'), 'PartialList') }),
  createRoute({ getParentRoute, path: '/partials/$name', component: lazyRouteComponent(() => import('../partials/PartialPage'), 'PartialPage') }),
  createRoute({ getParentRoute, path: '/journeys/$key', validateSearch: readJourneySearch, component: lazyRouteComponent(() => import('../journeys/JourneyPage'), 'JourneyPage') }),
  createRoute({ getParentRoute, path: '/questions', component: lazyRouteComponent(() => import('../questions/QuestionList'), 'QuestionList') }),
  createRoute({ getParentRoute, path: '/questions/$id', component: lazyRouteComponent(() => import('../questions/QuestionPage'), 'QuestionPage') }),
  createRoute({ getParentRoute, path: '/mailbox', component: lazyRouteComponent(() => import('../mailbox/MailboxPage'), 'MailboxPage') }),
  createRoute({ getParentRoute, path: '/messages', validateSearch: readSought, component: lazyRouteComponent(() => import('../messages/MessageList'), 'MessageList') }),
  createRoute({ getParentRoute, path: '/messages/$id', component: lazyRouteComponent(() => import('../messages/MessagePage'), 'MessagePage') }),
  createRoute({ getParentRoute, path: '/deliverability', component: lazyRouteComponent(() => import('../deliverability/DeliverabilityPage'), 'DeliverabilityPage') }),
  createRoute({ getParentRoute, path: '/queues', component: lazyRouteComponent(() => import('../queues/QueuesPage'), 'QueuesPage') }),
  createRoute({ getParentRoute, path: '/contacts', component: lazyRouteComponent(() => import('../contacts/ContactList'), 'ContactList') }),
  createRoute({ getParentRoute, path: '/contacts/import', component: lazyRouteComponent(() => import('../imports/ImportStart'), 'ImportStart') }),
  createRoute({ getParentRoute, path: '/contacts/import/$id', component: lazyRouteComponent(() => import('../imports/ImportPage'), 'ImportPage') }),
  createRoute({ getParentRoute, path: '/contacts/$id', component: lazyRouteComponent(() => import('../contacts/ContactPage'), 'ContactPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren(screens) });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
