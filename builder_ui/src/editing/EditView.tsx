import { Box, ScrollArea } from '@mantine/core';
import { useState } from 'react';

import type { JourneyShown } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import { Draft } from '../drafts/draft';
import { draftServer } from '../drafts/server';
import { useDraft } from '../drafts/useDraft';
import { Inspector } from '../inspector/Inspector';
import { words } from '../words/language';

const says = words({ en: { details: 'Settings of what is chosen' }, de: { details: 'Einstellungen des Gewählten' } });

/** The draft. */
export function EditView({ journey }: { readonly journey: JourneyShown }) {
  const [draft] = useState(() => new Draft(draftServer, journey));
  const [chosen, choose] = useState<string | null>(null);
  const view = useDraft(draft);
  return (
    <Box flex={1} mih={0} className="beside">
      <Box flex={1} miw={0} mih={0}><JourneyCanvas journey={view.journey} chosen={chosen} choose={choose} /></Box>
      <ScrollArea component="aside" aria-label={says.details} w={{ base: '100%', sm: 360 }} h={{ base: '60%', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
        <Inspector journey={view.journey} chosen={chosen} edit={(step) => draft.edit(step)} closeField={() => draft.closeField()} problems={[]} choose={choose} />
      </ScrollArea>
    </Box>
  );
}
