import { Group, NativeSelect, Stack, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { describeNode } from '../nodes/registry';
import { type Assumable, type Assumed, listAssumable, type Setup } from './asked';
import { Part } from './Part';
import { says } from './words';

const USUAL: Assumed = { what: '', after: '' };

/** What becomes of each message and call, and what colleagues answer. */
export function Assumptions({ journey, assumed, onChange }: { readonly journey: Journey; readonly assumed: Setup['assumed']; readonly onChange: (assumed: Setup['assumed']) => void }) {
  const nodes = listAssumable(journey);
  if (nodes.length === 0) return null;
  return (
    <Part title={says.assumed} more={says.assumedMore}>
      {nodes.map((one) => {
        const { what, after } = assumed[one.key] ?? USUAL;
        const title = describeNode(one.node).title;
        const put = (change: Partial<Assumed>) => onChange({ ...assumed, [one.key]: { what, after, ...change } });
        return (
          <Stack key={one.key} gap={4}>
            <Text size="sm" lineClamp={1}>{title}</Text>
            <Group gap={6} grow wrap="nowrap">
              <NativeSelect size="xs" aria-label={`${says.assumed}: ${title}`} value={what} onChange={(event) => put({ what: event.currentTarget.value })} data={listChoices(one)} />
              <NativeSelect size="xs" aria-label={`${says.soonAfter}: ${title}`} value={after} disabled={what === '' || what === 'sent'} onChange={(event) => put({ after: event.currentTarget.value })}
                data={Object.entries(says.afters).map(([value, label]) => ({ value, label }))} />
            </Group>
          </Stack>
        );
      })}
    </Part>
  );
}

function listChoices({ node, choices }: Assumable): { value: string; label: string }[] {
  if (node.kind === 'ask') return choices.map((value) => ({ value, label: value === '' ? says.fates['']! : says.answers(value) }));
  const words = node.kind === 'webhook' ? says.callFates : says.fates;
  return choices.map((value) => ({ value: value === 'sent' ? '' : value, label: words[value] ?? value }));
}
