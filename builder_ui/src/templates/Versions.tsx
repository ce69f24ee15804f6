import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayInstant } from '../words/formats';
import { aroundChanges, compareLines } from './lines';
import { says } from './words';

type Version = { readonly number: number; readonly created_at: string; readonly created_by: string; readonly note?: string | null };
type Comparing<Old> = {
  readonly ask: (number: number) => UseQueryOptions<Old, Error, Old, (string | number)[]>;
  /** Of an older version, what is held against the editor. */
  readonly read: (old: Old) => string;
  /** What stands in the editor. */
  readonly source: string;
  readonly onRestore: ((old: Old, number: number) => void) | null;
};

/** The words as they once stood, each held against what stands in the editor. */
export function Versions<Old>({ versions, inUse, ...comparing }: Comparing<Old> & { readonly versions: readonly Version[]; readonly inUse: number | null }) {
  const [number, choose] = useState(versions[0]?.number ?? 0);
  return (
    <Group align="flex-start" wrap="nowrap" gap="md" className="two-in-drawer">
      <Stack gap={4} w={220} component="nav" aria-label={says.versions}>
        {versions.length === 0 && <Text size="sm" c="dimmed">{says.noVersions}</Text>}
        {versions.map((version) => (
          <UnstyledButton key={version.number} p="xs" className={version.number === number ? 'choice chosen' : 'choice'} aria-current={version.number === number} onClick={() => choose(version.number)}>
            <Group gap="xs"><Text size="sm" fw={600}>{says.version(version.number)}</Text>{version.number === inUse && <Tag color="green">{says.same}</Tag>}</Group>
            <Text size="xs" c="dimmed">{sayInstant(version.created_at)} · {version.created_by}</Text>
            {version.note && <Text size="xs" c="dimmed">{says.renewedFor(version.note)}</Text>}
          </UnstyledButton>
        ))}
      </Stack>
      {number > 0 && <Compared key={number} number={number} {...comparing} />}
    </Group>
  );
}

function Compared<Old>({ number, ask, read, source, onRestore }: Comparing<Old> & { readonly number: number }) {
  const { data, error } = useQuery(ask(number));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const lines = aroundChanges(compareLines(read(data), source));
  return (
    <Stack gap="sm" flex={1} miw={0}>
      <Group justify="space-between"><Text size="sm" fw={600}>{says.compareWith}</Text>{onRestore && <Button size="xs" variant="default" onClick={() => onRestore(data, number)}>{says.restore}</Button>}</Group>
      {lines.length === 0 ? <Text size="sm" c="dimmed">{says.sameWords}</Text> : (
        <pre className="difference" tabIndex={0}>
          {lines.map((line, place) => (line === null ? <span key={place} className="gap">⋯</span> : <span key={place} className={line.kind}>{`${line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '} ${line.text}`}</span>))}
        </pre>
      )}
    </Stack>
  );
}
