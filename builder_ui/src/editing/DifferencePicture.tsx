import './editing.css';

import { Group } from '@mantine/core';
import { useMemo, useState } from 'react';

import { JourneyCanvas } from '../canvas/JourneyCanvas';
import type { Overlay } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { Tag } from '../ui/Tag';
import { COLORS } from './DifferenceList';
import { type Difference, type Differences, overlap } from './differences';
import { says } from './words';

/** Both documents in one drawing: what was added, changed and removed in its colour. */
export function DifferencePicture({ from, to, differences }: { readonly from: Journey; readonly to: Journey; readonly differences: Differences }) {
  const [chosen, choose] = useState<string | null>(null);
  const both = useMemo(() => overlap(from, to), [from, to]);
  const overlay = useMemo(() => layOver(differences), [differences]);
  return (
    <div className="picture">
      <JourneyCanvas journey={both} overlay={overlay} chosen={chosen} choose={choose} />
      <Group gap={6} className="legend">{(Object.keys(COLORS) as Difference[]).map((one) => <Tag key={one} color={COLORS[one]}>{says[one]}</Tag>)}</Group>
    </div>
  );
}

function layOver({ nodes, addedLines, removedLines }: Differences): Overlay {
  const lines = new Map([...addedLines.map(({ id }) => [id, COLORS.added] as const), ...removedLines.map(({ id }) => [`before ${id}`, COLORS.removed] as const)]);
  return {
    nodes: Object.fromEntries([...nodes].map(([key, difference]) => [key, [{ words: says[difference], color: COLORS[difference] }]])),
    lines: {},
    trail: null,
    tints: { nodes: new Map([...nodes].map(([key, difference]) => [key, COLORS[difference]])), lines },
    ghosts: removedLines.map((line) => ({ ...line, id: `before ${line.id}` })),
  };
}
