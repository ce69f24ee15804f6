import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { type Report, reportKey } from './asks';

/** Whether figures arrive as they change; else they are to be asked for now and then. */
export type Connection = 'connecting' | 'live' | 'polling';

/** Until a place comes free again, in milliseconds. */
const AGAIN = 20_000;

/** Keeps the report of the live version as the server tells it, while the page is seen. `isOn` says whether there is one. */
export function useLive(key: string, isOn: boolean): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    if (!isOn) return;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = () => {
      clearTimeout(timer);
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      if (document.hidden) return; // who does not look needs no place
      source = new EventSource(`/api/v1/stream?journey=${encodeURIComponent(key)}`);
      source.addEventListener('report', ({ data }: MessageEvent<string>) => {
        setConnection('live');
        const figures = JSON.parse(data) as Omit<Report, 'since' | 'until' | 'experiments' | 'holdout'>;
        queries.setQueryData<Report>([...reportKey(key, null, null)], (known) => known && { ...known, ...figures });
      });
      source.addEventListener('error', () => {
        // A connection that broke comes again by itself; one that was refused does not.
        const isRefused = source?.readyState === EventSource.CLOSED;
        setConnection(isRefused ? 'polling' : 'connecting');
        if (isRefused) timer = setTimeout(open, AGAIN);
      });
    };
    open();
    document.addEventListener('visibilitychange', open);
    return () => {
      document.removeEventListener('visibilitychange', open);
      close();
    };
  }, [key, isOn, queries]);
  return connection;
}
