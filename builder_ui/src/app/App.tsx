import { useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';

import { askSession, SessionContext } from '../session/asks';
import { Login, Setup } from '../session/Entrance';
import { Failure, Loading } from '../ui/States';
import { router } from './routes';

/** The first start, the login, or the app: as the session says. */
export function App() {
  const { data: session, error, refetch } = useQuery(askSession());
  if (error && !session) return <Failure error={error} retry={() => void refetch()} />;
  if (!session) return <Loading />;
  if (session.setup_needed) return <Setup />;
  if (!session.user) return <Login />;
  return (
    <SessionContext value={{ ...session, user: session.user }}>
      <RouterProvider router={router} />
    </SessionContext>
  );
}
