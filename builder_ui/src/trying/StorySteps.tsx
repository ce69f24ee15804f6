import { Group, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';

import type { Journey } from '../generated/journey';
import { findNode, TRIGGER } from '../graph/paths';
import { sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import type { Frame } from './frames';
import { sayFrame, sayOnClock } from './said';
import { says } from './words';

/** The film as a list: each step with its time, what happened and why. */
export function StorySteps({ journey, frames, place, zone, go }: {
  readonly journey: Journey;
  readonly frames: readonly Frame[];
  readonly place: number;
  readonly zone: string | undefined;
  readonly go: (place: number) => void;
}) {
  const now = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void now.current?.scrollIntoView({ block: 'nearest' });
  }, [place]);
  return (
    <ol className="plain story">
      {frames.map((frame, at) => (
        <li key={at}>
          {frame.day !== frames[at - 1]?.day && <Text size="xs" fw={600} c="dimmed" pt="sm" pb={4}>{says.day(frame.day)}</Text>}
          <UnstyledButton ref={at === place ? now : null} className={at === place ? 'choice chosen' : 'choice'} w="100%" px="xs" py={6} aria-current={at === place ? 'step' : undefined} onClick={() => go(at)}>
            <Group gap="xs" justify="space-between" wrap="nowrap" align="baseline">
              <Text size="sm" fw={600} truncate {...(at > place ? { c: 'dimmed' } : {})}>{titleOf(journey, frame.node)}</Text>
              <Text size="xs" c="dimmed" className="numbers fixed">{sayOnClock(frame.at, zone)}</Text>
            </Group>
            <Text size="sm" className="wrapped" {...(at > place ? { c: 'dimmed' } : {})}>{sayFrame(frame, zone)}</Text>
            {at === place && frame.details.map((line, row) => <Text key={row} size="xs" c="dimmed" className="wrapped" style={{ paddingLeft: line.length - line.trimStart().length ? 12 : 0 }}>{line}</Text>)}
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

function titleOf(journey: Journey, key: string): string {
  if (key === TRIGGER) return sayTrigger(journey.trigger).title;
  const node = findNode(journey, key);
  return node ? describeNode(node).title : key;
}
