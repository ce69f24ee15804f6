import { Drawer, Stack } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';

import { Empty } from '../ui/States';
import { PickContact, type Picked } from './PickContact';
import { WhyPanel } from './WhyPanel';
import { says } from './words';

/** Asks about whom, and answers why. */
export default function WhyDrawer({ journeyKey, onClose }: { readonly journeyKey: string; readonly onClose: () => void }) {
  const [picked, pick] = useState<Picked | null>(null);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(640px, 100%)" title={says.title} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack gap="lg">
        <PickContact label={says.contact} value={picked} onChange={pick} autoFocus />
        {picked ? <WhyPanel key={picked.id} journey={journeyKey} contact={picked.id} /> : <Empty icon={IconHelp} title={says.title}>{says.first}</Empty>}
      </Stack>
    </Drawer>
  );
}
