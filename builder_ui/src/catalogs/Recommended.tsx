import { Anchor, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Loading } from '../ui/States';
import { Tag, type TagColor } from '../ui/Tag';
import { sayInstant, sayNumber } from '../words/formats';
import { askRecommended, type CatalogShown } from './asks';
import { chooseTitle, showValue } from './snippets';
import { says } from './words';

const COLORS: Readonly<Record<'own_category' | 'popular' | 'newest', TagColor>> = { own_category: 'teal', popular: 'indigo', newest: 'gray' };

/** What letters would recommend now, to a stranger or to somebody, and why. */
export function Recommended({ catalog, onSettings }: { readonly catalog: CatalogShown; readonly onSettings: (() => void) | null }) {
  const maySeeContacts = useMay('contacts:read');
  const [typed, setTyped] = useState('');
  const [contact] = useDebouncedValue(typed.trim(), 400);
  const { data, error } = useQuery(askRecommended(catalog.name, contact));
  const title = chooseTitle(catalog);
  return (
    <Card title={says.now}>
      {maySeeContacts && <TextInput size="xs" label={says.forWhom} description={says.forWhomMore} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} error={contact && error ? error.message : null} maxLength={254} />}
      {!data ? !error && <Loading /> : (
        <>
          <Stack component="ol" className="plain" gap={8}>
            {data.items.map(({ key, data: item, people, why }) => (
              <Group component="li" key={key} justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" className="grow" truncate>{showValue(item[title]) || key}</Text>
                <Group gap={8} wrap="nowrap">
                  {people > 0 && <Text size="xs" c="dimmed" className="numbers">{says.people(sayNumber(people), people)}</Text>}
                  <Tag color={COLORS[why]}>{says.whys[why]}</Tag>
                </Group>
              </Group>
            ))}
          </Stack>
          {data.category && <Text size="xs">{says.ownKind(data.category)}</Text>}
          {data.owned > 0 && <Text size="xs">{says.owned(sayNumber(data.owned))}</Text>}
          <Text size="xs" c="dimmed">
            {catalog.interest ? `${says.nowMore(data.days)} ${data.counted_at ? says.countedAt(sayInstant(data.counted_at)) : says.neverCounted}` : says.noInterest}{' '}
            {!catalog.interest && onSettings && <Anchor component="button" type="button" size="xs" onClick={onSettings}>{says.nameEvent}</Anchor>}
          </Text>
          {catalog.interest && <Text size="xs" c="dimmed" className="wrapped">{says.interest}: {catalog.interest.event} · {catalog.interest.property}{catalog.owned && <> — {says.ownedTitle}: {catalog.owned.event} · {catalog.owned.property}</>}</Text>}
        </>
      )}
    </Card>
  );
}
