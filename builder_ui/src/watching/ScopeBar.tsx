import { Box, Button, Group, NativeSelect, Popover, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { askNumbers } from './asks';
import { type Chosen, nameSpan, type Range, readOwn, readSpan, SPANS } from './scope';
import type { Connection } from './useLive';
import { says } from './words';

type Props = {
  readonly journey: string;
  readonly live: number;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
  readonly range: Range;
  readonly setRange: (range: Range) => void;
  readonly connection: Connection | null;
};

/** What the figures are of: which version, which time; and whether they arrive by themselves. */
export function ScopeBar({ journey, live, chosen, choose, range, setRange, connection }: Props) {
  const { data: numbers = [] } = useQuery(askNumbers(journey));
  const older = numbers.filter(({ number }) => number !== live);
  return (
    <Group gap="xs" px="md" py={6} className="watched-scope" wrap="wrap">
      <NativeSelect size="xs" aria-label={says.version} value={chosen === null ? '' : String(chosen)} onChange={({ currentTarget: { value } }) => choose(readChosen(value))}
        data={[{ value: '', label: `${says.live} (${live})` }, ...older.map(({ number }) => ({ value: String(number), label: says.numbered(number) })), { value: 'all', label: says.allVersions }]} />
      <Time range={range} setRange={setRange} />
      <Box flex={1} />
      {connection !== null && <Dot connection={connection} />}
    </Group>
  );
}

function Time({ range, setRange }: Pick<Props, 'range' | 'setRange'>) {
  const [isChoosing, setChoosing] = useState(false);
  const [since, setSince] = useState('');
  const [until, setUntil] = useState('');
  const own = readOwn(since, until);
  return (
    <Popover opened={isChoosing} onChange={setChoosing} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <NativeSelect size="xs" aria-label={says.time} value={isChoosing ? 'own' : nameSpan(range)}
          onChange={({ currentTarget: { value } }) => (value === 'own' ? setChoosing(true) : (setChoosing(false), setRange(readSpan(value))))}
          data={[{ value: 'all', label: says.allTime }, ...SPANS.map((days) => ({ value: String(days), label: says.spans[days] })), { value: 'own', label: range !== null && 'since' in range ? `${range.since} – ${range.until}` : says.own }]} />
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput type="date" size="xs" label={says.since} value={since} onChange={({ currentTarget: { value } }) => setSince(value)} />
          <TextInput type="date" size="xs" label={says.until} value={until} onChange={({ currentTarget: { value } }) => setUntil(value)} />
          <Text size="xs" c="dimmed">{says.utc}</Text>
          <Button size="xs" disabled={own === null} onClick={() => {
            setRange(own);
            setChoosing(false);
          }}>OK</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Dot({ connection }: { readonly connection: Connection }) {
  const label = { live: says.liveDot, polling: says.polling, connecting: says.connecting }[connection];
  return (
    <Tooltip label={connection === 'polling' ? says.pollingMore : says.liveMore}>
      <Group gap={6} wrap="nowrap" role="status" tabIndex={0}>
        <span className={`live-dot ${connection}`} aria-hidden />
        <Text size="xs" c="dimmed">{label}</Text>
      </Group>
    </Tooltip>
  );
}

function readChosen(value: string): Chosen {
  if (value === '') return null;
  return value === 'all' ? 'all' : Number(value);
}
