import { useQuery } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect, RouterProvider } from '@tanstack/react-router';

import { asked } from '../api/client';
import type { Session } from '../api/types';
import { Login, Setup } from '../session/Entrance';
import { Failure, Loading } from '../ui/States';
import { Shell } from './Shell';

type Context = { readonly session: Session };

const rootRoute = createRootRouteWithContext<Context>()({
  component: function Root() {
    return <Shell session={rootRoute.useRouteContext().session} />;
  },
  notFoundComponent: () => <Failure error={new Error('There is no such page.')} />,
  errorComponent: ({ error }) => <Failure error={error instanceof Error ? error : new Error(String(error))} />,
});
const index = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/journeys' });
  },
});
const journeys = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journeys',
  component: lazyRouteComponent(() => import('../journeys/JourneyList'), 'JourneyList'),
});
const journey = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journeys/$key',
  component: lazyRouteComponent(() => import('../journeys/JourneyPage'), 'JourneyPage'),
});
const mailbox = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mailbox',
  component: lazyRouteComponent(() => import('../mailbox/MailboxPage'), 'MailboxPage'),
});
const queues = createRoute({
  getParentRoute: () => rootRoute,
  path: '/queues',
  component: lazyRouteComponent(() => import('../queues/QueuesPage'), 'QueuesPage'),
});
const contacts = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts',
  component: lazyRouteComponent(() => import('../contacts/ContactList'), 'ContactList'),
});
const contact = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts/$id',
  component: lazyRouteComponent(() => import('../contacts/ContactPage'), 'ContactPage'),
});

const router = createRouter({
  routeTree: rootRoute.addChildren([index, journeys, journey, mailbox, queues, contacts, contact]),
  context: { session: undefined as unknown as Session },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The first start, the login, or the app: as the session says. */
export function App() {
  const { data: session, error, refetch } = useQuery(asked.session());
  if (error && !session) return <Failure error={error} retry={() => void refetch()} />;
  if (!session) return <Loading />;
  if (session.setup_needed) return <Setup />;
  if (!session.user) return <Login />;
  return <RouterProvider router={router} context={{ session }} />;
}
