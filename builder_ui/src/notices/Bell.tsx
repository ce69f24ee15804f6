import { ActionIcon, Indicator } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';

import { useMay } from '../session/asks';
import { sayNumber } from '../words/formats';
import { askUnread } from './asks';
import { says } from './words';

const NoticeList = lazy(() => import('./NoticeList'));

/** How many notices nobody has read, and the way to them. */
export function Bell() {
  const may = useMay('operations:read');
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...askUnread(), enabled: may });
  if (!may) return null;
  const count = data?.count ?? 0;
  const said = `${sayNumber(count)}${data?.isMore ? '+' : ''}`;
  return (
    <>
      <Indicator disabled={count === 0} label={said} size={16} offset={5} color="red" styles={{ indicator: { fontSize: 10, fontWeight: 700, background: 'var(--mantine-color-red-9)' } }}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={count > 0 ? says.unread(said) : says.bell} onClick={() => setOpen(true)}><IconBell size={18} /></ActionIcon>
      </Indicator>
      {isOpen && <Suspense><NoticeList onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}
