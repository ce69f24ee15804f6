import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';

import type { Contact } from '../api/types';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayFully } from '../words/formats';
import { askLedger, type Proof } from './asks';
import { says } from './words';

/** Every choice that a contact made, the newest first, with what shows it. */
export function Ledger({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(askLedger(contact.id));
  return (
    <Modal opened onClose={onClose} title={says.ledger} size="lg" closeButtonProps={{ 'aria-label': says.close }}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Stack gap="md">
          {data.pages.flatMap(({ items }) => items).map((one, place) => <Entry key={place} one={one} />)}
          {hasNextPage && <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{says.older}</Button>}
        </Stack>
      )}
    </Modal>
  );
}

function Entry({ one: { topic, topic_name, channel, choice, occurred_at, source, proof } }: { readonly one: Proof }) {
  const shown = Object.entries(proof);
  return (
    <article>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>{topic === '*' ? says.everything : topic_name} · {says.channels[channel] ?? channel}</Text>
        <Tag color={choice === 'subscribed' ? 'green' : 'gray'}>{says.choice[choice] ?? choice}</Tag>
      </Group>
      <Text size="xs" c="dimmed">{sayFully(occurred_at)} · {says.source} {says.sources[source] ?? source}</Text>
      {shown.length === 0 ? <Text size="xs" c="dimmed">{says.noProof}</Text> : shown.map(([name, value]) => (
        <Text key={name} size="xs" className="wrapped">{says.proofOf[name] ?? name}: {typeof value === 'string' ? value : JSON.stringify(value)}</Text>
      ))}
    </article>
  );
}
