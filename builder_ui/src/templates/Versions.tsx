import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayInstant } from '../words/formats';
import { askWords, type TemplateShown } from './asks';
import { aroundChanges, compareLines } from './lines';
import { says } from './words';

/** The words as they once stood, each held against what stands in the editor. */
export function Versions({ template, source, onRestore }: { readonly template: TemplateShown; readonly source: string; readonly onRestore: ((words: string, number: number) => void) | null }) {
  const [number, choose] = useState(template.versions[0]?.number ?? 0);
  return (
    <Group align="flex-start" wrap="nowrap" gap="md" className="two-in-drawer">
      <Stack gap={4} w={220} component="nav" aria-label={says.versions}>
        {template.versions.map((version) => (
          <UnstyledButton key={version.number} p="xs" className={version.number === number ? 'choice chosen' : 'choice'} aria-current={version.number === number} onClick={() => choose(version.number)}>
            <Group gap="xs"><Text size="sm" fw={600}>{says.version(version.number)}</Text>{version.number === template.version && <Tag color="green">{says.same}</Tag>}</Group>
            <Text size="xs" c="dimmed">{sayInstant(version.created_at)} · {version.created_by}</Text>
          </UnstyledButton>
        ))}
      </Stack>
      {number > 0 && <Compared key={number} templateKey={template.key} number={number} source={source} onRestore={onRestore} />}
    </Group>
  );
}

function Compared({ templateKey, number, source, onRestore }: { readonly templateKey: string; readonly number: number; readonly source: string; readonly onRestore: ((words: string, number: number) => void) | null }) {
  const { data, error } = useQuery(askWords(templateKey, number));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const lines = aroundChanges(compareLines(data.source, source));
  return (
    <Stack gap="sm" flex={1} miw={0}>
      <Group justify="space-between"><Text size="sm" fw={600}>{says.compareWith}</Text>{onRestore && <Button size="xs" variant="default" onClick={() => onRestore(data.source, number)}>{says.restore}</Button>}</Group>
      {lines.length === 0 ? <Text size="sm" c="dimmed">{says.sameWords}</Text> : (
        <pre className="difference" tabIndex={0}>
          {lines.map((line, place) => (line === null ? <span key={place} className="gap">⋯</span> : <span key={place} className={line.kind}>{`${line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ' '} ${line.text}`}</span>))}
        </pre>
      )}
    </Stack>
  );
}
