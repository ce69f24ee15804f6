import { Box, Text } from '@mantine/core';

import type { JourneyShown } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import { findOpenDraft } from '../drafts/open';
import { DifferenceList } from '../editing/DifferenceList';
import { DifferencePicture } from '../editing/DifferencePicture';
import { compare } from '../editing/differences';
import type { Journey } from '../generated/journey';
import { Card } from '../ui/Card';
import { says } from './words';

/** The draft as it is to be published. */
export function readDraft(journey: JourneyShown): Journey {
  return findOpenDraft(journey.key)?.read().journey ?? journey.draft;
}

/** What the draft says differently from what is live, drawn and step by step. */
export function Changes({ journey, isNew }: { readonly journey: JourneyShown; readonly isNew: boolean }) {
  const draft = readDraft(journey);
  const before = journey.version?.document ?? null;
  if (!isNew) return <Card title={says.changes}><Text size="sm">{says.nothingNew}</Text></Card>;
  const differences = before === null ? null : compare(before, draft);
  return (
    <Card title={says.changes}>
      <Box h={220} className="framed">{before !== null && differences !== null ? <DifferencePicture from={before} to={draft} differences={differences} /> : <JourneyCanvas journey={draft} chosen={null} choose={() => {}} />}</Box>
      {before === null || differences === null ? <Text size="sm">{says.first}</Text> : <DifferenceList from={before} to={draft} differences={differences} />}
    </Card>
  );
}
