import { Anchor, Code, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { Facts } from '../broadcasts/Facts';
import { Card } from '../ui/Card';
import { useMay } from '../session/asks';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayNumber, sayShare } from '../words/formats';
import { AccountCard } from './AccountCard';
import { askAccounts, askInstance } from './asks';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';

const { channels: words } = says;

/** How messages leave, as the environment says, and how those who carry them stand. */
export function ChannelsPage() {
  const { data, error, refetch } = useQuery(askInstance());
  const { data: accounts } = useQuery(askAccounts());
  const mayChange = useMay('settings:manage');
  return (
    <SettingsFrame more={words.more}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data || !accounts ? <Loading /> : (
        <Stack>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            {accounts.items.map((account) => <AccountCard key={`${account.channel} ${account.name}`} account={account} mayChange={mayChange}
              isAlone={accounts.items.filter((one) => one.channel === account.channel).length === 1} />)}
            <Webhooks />
          </SimpleGrid>
          <Card title={words.instance}>
            <Facts rows={[
              [words.sender, <Set key="sender" variable="SOJOURN_SENDER">{data.sender}</Set>],
              [words.marketing, <Set key="marketing" variable="SOJOURN_MARKETING_SENDER">{data.marketing_sender || words.asSender}</Set>],
              [words.replyTo, <Set key="reply" variable="SOJOURN_REPLY_TO">{data.reply_to || words.toSender}</Set>],
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

function Webhooks() {
  return (
    <Card title={words.channel.webhook ?? ''} actions={<Tag color="green">http</Tag>}>
      <Text size="sm" c="dimmed">{words.webhooks} <Anchor component={Link} to="/settings/endpoints" size="sm" underline="always">{words.toEndpoints}</Anchor></Text>
      <Text size="sm">{words.variable}: <Code className="wrapped">SOJOURN_WEBHOOK_ALLOW</Code></Text>
    </Card>
  );
}
