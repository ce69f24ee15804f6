import { Box, Code, ScrollArea } from '@mantine/core';
import { useState } from 'react';

import type { JourneyShown } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import { words } from '../words/language';

const says = words({ en: { document: 'The document' }, de: { document: 'Das Dokument' } });

/** The draft. */
export function EditView({ journey }: { readonly journey: JourneyShown }) {
  const [chosen, choose] = useState<string | null>(null);
  return (
    <Box flex={1} mih={0} className="beside">
      <Box flex={1} miw={0} mih={0}><JourneyCanvas journey={journey.draft} chosen={chosen} choose={choose} /></Box>
      <ScrollArea component="aside" aria-label={says.document} w={{ base: '100%', sm: 320 }} h={{ base: '40%', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
        <Code block fz={12} tabIndex={0}>{JSON.stringify(journey.draft, null, 2)}</Code>
      </ScrollArea>
    </Box>
  );
}
