import { Box, ScrollArea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { JourneyShown, Report } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import type { Mark, Overlay } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { listLines } from '../graph/flow';
import { TRIGGER } from '../graph/paths';
import { askReport } from '../journeys/asks';
import { describeNode } from '../nodes/registry';
import type { TagColor } from '../ui/Tag';
import { sayNumber } from '../words/formats';
import { words } from '../words/language';
import { Panel } from './Panel';

const says = words({
  en: { entered: (n: string) => `${n} entered`, here: (n: string) => `${n} here now`, details: 'Details' },
  de: { entered: (n: string) => `${n} eingetreten`, here: (n: string) => `${n} jetzt hier`, details: 'Einzelheiten' },
});

/** What is live, with how many people are where. */
export function WatchView({ journey }: { readonly journey: JourneyShown }) {
  const [chosen, choose] = useState<string | null>(null);
  const { data: report = null } = useQuery(askReport(journey.key));
  const document = journey.version?.document ?? journey.draft;
  return (
    <Box flex={1} mih={0} className="beside">
      <Box flex={1} miw={0} mih={0}><JourneyCanvas journey={document} overlay={overlay(document, report)} chosen={chosen} choose={choose} /></Box>
      <ScrollArea component="aside" aria-label={says.details} w={{ base: '100%', sm: 320 }} h={{ base: '40%', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
        <Panel journey={document} report={report} chosen={chosen} />
      </ScrollArea>
    </Box>
  );
}

function overlay(journey: Journey, report: Report | null): Overlay {
  const nodes = Object.entries(journey.nodes ?? {}).map(([key, node]): [string, Mark[]] => {
    const { entered = 0, waiting = 0 } = report?.nodes[key] ?? {};
    const here: Mark[] = waiting > 0 ? [{ words: says.here(sayNumber(waiting)), color: describeNode(node).color as TagColor }] : [];
    return [key, [{ words: says.entered(sayNumber(entered)) }, ...here]];
  });
  const lines = listLines(journey).map(({ id, from, label }) => {
    const count = report?.nodes[from]?.paths[label];
    return [id, count ? sayNumber(count) : ''];
  });
  return { nodes: { ...Object.fromEntries(nodes), [TRIGGER]: [{ words: says.entered(sayNumber(report?.entered ?? 0)) }] }, lines: Object.fromEntries(lines), trail: null };
}
