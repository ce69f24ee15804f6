import { Alert, Anchor, Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { answer, api } from '../api/client';
import { Facts } from '../broadcasts/Facts';
import { Card } from '../ui/Card';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayNumber, sayShare } from '../words/formats';
import { askInstance, type InstanceFacts } from './asks';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';

const { channels: words } = says;
const MAILBOX = 'mailbox';

/** How messages leave, as the environment says; nothing can be changed here. */
export function ChannelsPage() {
  const { data, error, refetch } = useQuery(askInstance());
  return (
    <SettingsFrame more={words.more}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Stack>
          <SimpleGrid cols={{ base: 1, md: 3 }} spacing="md">{data.channels.map((channel) => <Channel key={channel.channel} channel={channel} />)}</SimpleGrid>
          <Card title={words.instance}>
            <Facts rows={[
              [words.sender, <Set key="sender" variable="SOJOURN_SENDER">{data.sender}</Set>],
              [words.postal, <Set key="postal" variable="SOJOURN_POSTAL_ADDRESS">{data.postal_address || <Text span inherit c="dimmed">{words.noPostal}</Text>}</Set>],
              [words.base, <Set key="base" variable="SOJOURN_BASE_URL">{data.base_url}{isLocal(data.base_url) && <Text size="xs" c="dimmed">{words.local}</Text>}</Set>],
              [words.zone, <Set key="zone" variable="SOJOURN_TIMEZONE">{data.timezone} <Text span inherit c="dimmed">({words.zoneMore})</Text></Set>],
              [words.holdout, <Set key="holdout" variable="SOJOURN_HOLDOUT_PERCENT">{data.holdout_percent === 0 ? words.noHoldout : words.holdoutMore(sayShare(data.holdout_percent, 100))}</Set>],
              [words.age, <Set key="age" variable="SOJOURN_TRIGGER_AGE">{words.ageMore(sayNumber(data.trigger_age_hours))}</Set>],
              [words.content, <Set key="content" variable="SOJOURN_KEEP_CONTENT">{data.keeps_content ? words.contentKept : words.contentNot}</Set>],
              [words.database, <Set key="database" variable="SOJOURN_DATABASE_URL">{data.database}</Set>],
              [words.zones, data.time_zones],
            ]} />
            <Text size="xs" c="dimmed">{words.howTo} {words.docs}</Text>
          </Card>
        </Stack>
      )}
    </SettingsFrame>
  );
}

function isLocal(url: string): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(url);
}

function Set({ variable, children }: { readonly variable: string; readonly children: React.ReactNode }) {
  return <>{children} <Code className="wrapped">{variable}</Code></>;
}

function Channel({ channel: { channel, provider, host, setting } }: { readonly channel: InstanceFacts['channels'][number] }) {
  const isKept = provider === MAILBOX;
  const check = useMutation({ mutationFn: () => answer(api.POST('/api/v1/instance/check-email', { body: {} })) });
  return (
    <Card title={words.channel[channel] ?? channel} actions={<Tag color={isKept ? 'yellow' : provider ? 'green' : 'gray'}>{isKept ? words.kept : provider || words.off}</Tag>}>
      {isKept && <Text size="sm" c="dimmed">{words.keptMore}</Text>}
      {channel === 'webhook' && <Text size="sm" c="dimmed">{words.webhooks} <Anchor component={Link} to="/settings/endpoints" size="sm" underline="always">{words.toEndpoints}</Anchor></Text>}
      {host !== null && <Text size="sm" className="wrapped">{words.server}: <Text span inherit fw={600}>{host}</Text></Text>}
      <Text size="sm">{words.variable}: <Code className="wrapped">{setting}</Code></Text>
      {host !== null && <Group><Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate()}>{words.check}</Button></Group>}
      {check.error && <Alert color="red" variant="light">{check.error.message}</Alert>}
      {check.data && <Alert role="status" color={check.data.reached ? 'green' : 'red'} variant="light">{check.data.reached ? words.reached : words.unreached(check.data.trouble)}</Alert>}
    </Card>
  );
}
