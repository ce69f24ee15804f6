import { queryOptions } from '@tanstack/react-query';
import { createContext, use } from 'react';

import { answer, api } from '../api/client';
import type { Session, User } from '../api/types';

export const askSession = () => queryOptions({ queryKey: ['session'], queryFn: () => answer(api.GET('/api/v1/session')), staleTime: 60_000 });
export const askClock = () => queryOptions({ queryKey: ['clock'], queryFn: () => answer(api.GET('/api/v1/clock')), refetchInterval: 5000 });

/** Who is logged in, inside the app. */
export const SessionContext = createContext<(Session & { readonly user: User }) | null>(null);

export function useSession(): Session & { readonly user: User } {
  const session = use(SessionContext);
  if (session === null) throw new Error('nobody is logged in here');
  return session;
}

/** Whether whoever is logged in may do this; the server says no in any case. */
export function useMay(permission: string): boolean {
  return useSession().user.permissions.includes(permission);
}
