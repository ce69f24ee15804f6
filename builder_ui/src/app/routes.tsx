// Which address shows which screen; each screen is loaded when it is first asked for.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';

import { Failure } from '../ui/States';
import { words } from '../words/language';
import { Shell } from './Shell';

const says = words({ en: { nowhere: 'There is no such page.' }, de: { nowhere: 'Diese Seite gibt es nicht.' } });

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Failure error={new Error(says.nowhere)} />,
  errorComponent: ({ error }) => <Failure error={error instanceof Error ? error : new Error(String(error))} />,
});
const getParentRoute = () => root;

const index = createRoute({
  getParentRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/journeys' });
  },
});

const screens = [
  createRoute({ getParentRoute, path: '/journeys', component: lazyRouteComponent(() => import('../journeys/JourneyList'), 'JourneyList') }),
  createRoute({ getParentRoute, path: '/gallery', component: lazyRouteComponent(() => import('../gallery/GalleryPage'), 'GalleryPage') }),
  createRoute({ getParentRoute, path: '/journeys/$key', validateSearch: ({ view, person }): { readonly view?: string; readonly person?: number } => ({ ...(typeof view === 'string' ? { view } : {}), ...(Number.isSafeInteger(person) ? { person: person as number } : {}) }), component: lazyRouteComponent(() => import('../journeys/JourneyPage'), 'JourneyPage') }),
  createRoute({ getParentRoute, path: '/mailbox', component: lazyRouteComponent(() => import('../mailbox/MailboxPage'), 'MailboxPage') }),
  createRoute({ getParentRoute, path: '/queues', component: lazyRouteComponent(() => import('../queues/QueuesPage'), 'QueuesPage') }),
  createRoute({ getParentRoute, path: '/contacts', component: lazyRouteComponent(() => import('../contacts/ContactList'), 'ContactList') }),
  createRoute({ getParentRoute, path: '/contacts/$id', component: lazyRouteComponent(() => import('../contacts/ContactPage'), 'ContactPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([index, ...screens]) });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
