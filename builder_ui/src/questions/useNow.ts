import { useQuery } from '@tanstack/react-query';

import { askClock, useSession } from '../session/asks';

/** What the instance's clock shows, in milliseconds: its own if it has one, else that of the world. */
export function useNow(): number {
  const isVirtual = useSession().instance.virtual_clock;
  const { data } = useQuery({ ...askClock(), enabled: isVirtual });
  return data ? Date.parse(data.now) : Date.now();
}
