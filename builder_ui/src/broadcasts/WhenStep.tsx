import { Alert, Group, Text, TextInput } from '@mantine/core';

import { ZoneSelect } from '../fields/TimeField';
import { readOnce } from '../inspector/once';
import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { isLateForSome, type Plan } from './plan';
import { says } from './words';

/** Now, or at a time on somebody's clock. */
export function WhenStep({ plan, change, zone, now }: { readonly plan: Plan; readonly change: (plan: Plan) => void; /** The instance's. */ readonly zone: string; readonly now: number }) {
  const { when } = plan;
  const turn = (kind: 'now' | 'at') => {
    if (kind === when.kind) return;
    const tomorrow = readOnce(new Date(now + 86_400_000).toISOString(), zone).slice(0, 10);
    change({ ...plan, when: kind === 'now' ? { kind } : { kind, wall: `${tomorrow}T10:00`, zone } });
  };
  return (
    <Card title={says.steps.when}>
      <RadioCards label={says.when} hides value={when.kind} onChange={turn} choices={[{ value: 'now', label: says.now, more: says.nowMore }, { value: 'at', label: says.at, more: says.atMore }]} />
      {when.kind === 'at' && (
        <>
          <Group gap="sm" align="flex-start" grow>
            <TextInput size="xs" type="datetime-local" label={says.date} value={when.wall} onChange={({ currentTarget }) => change({ ...plan, when: { ...when, wall: currentTarget.value.slice(0, 16) } })} />
            <ZoneSelect label={says.zone} value={when.zone} change={(next) => change({ ...plan, when: { ...when, zone: next } })} />
          </Group>
          {when.zone === 'contact' && <Text size="xs" c="dimmed">{says.ownMore}</Text>}
          {isLateForSome(when.wall, when.zone, now) && <Alert color="yellow" variant="light">{says.late}</Alert>}
        </>
      )}
    </Card>
  );
}
