import { ActionIcon, Anchor, Badge, Box, Group, Paper, SegmentedControl, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconBell, IconInbox, IconMail, IconMessage, IconWebhook } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { Channel, MailboxItem } from '../api/types';
import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { colorText, Tag } from '../ui/Tag';
import { sayInstant } from '../words/formats';
import { askLetter, askMailbox } from './asks';
import { Notification, readKeptPush } from '../templates/Notification';
import { LetterView } from './LetterView';
import { words } from '../words/language';

const says = words({
  en: { title: 'Mailbox', more: 'Nothing leaves this instance: what would have been sent is kept here.', channel: 'Channel', all: 'All', letters: 'Letters', texts: 'Texts', pushes: 'Pushes', calls: 'Calls', none: 'Nothing here yet', noneMore: 'As soon as a journey writes to somebody, the letter appears here, word for word.', text: 'Text message', call: 'Call', back: 'Back to the list', everything: 'Everything about it', view: 'Open as its reader', viewMore: 'In a window of its own, where its links lead on and count.', classes: { marketing: 'Marketing', transactional: 'Transactional' } as Readonly<Record<string, string>>, testShort: 'Test', test: 'Test of a template: counts for nobody' },
  de: { title: 'Postfach', more: 'Nichts verlässt diese Instanz: was gesendet worden wäre, liegt hier.', channel: 'Kanal', all: 'Alle', letters: 'Briefe', texts: 'SMS', pushes: 'Push', calls: 'Aufrufe', none: 'Noch nichts hier', noneMore: 'Sobald eine Journey jemandem schreibt, erscheint der Brief hier, Wort für Wort.', text: 'SMS', call: 'Aufruf', back: 'Zurück zur Liste', everything: 'Alles dazu', view: 'Wie der Empfänger öffnen', viewMore: 'In einem eigenen Fenster, in dem seine Links weiterführen und zählen.', classes: { marketing: 'Marketing', transactional: 'Transaktional' } as Readonly<Record<string, string>>, testShort: 'Test', test: 'Test einer Vorlage: zählt bei niemandem' },
});

const CHANNELS = { email: { icon: IconMail, color: 'indigo' }, sms: { icon: IconMessage, color: 'cyan' }, push: { icon: IconBell, color: 'orange' }, webhook: { icon: IconWebhook, color: 'violet' } } as const;

/** Which of them is open: tests are counted apart. */
type Chosen = Pick<MailboxItem, 'id' | 'is_test'>;

/** Everything that was kept instead of leaving: letters, texts and calls. */
export function MailboxPage() {
  const [channel, setChannel] = useState('all');
  const [chosen, choose] = useState<Chosen | null>(null);
  const isNarrow = useMediaQuery('(max-width: 62em)') ?? false;
  const letters = useInfiniteQuery(askMailbox(channel === 'all' ? undefined : channel as Channel));
  const { data, error, refetch } = letters;
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const items = data.pages.flatMap((page) => page.items);
  const open = chosen ?? (isNarrow ? null : (items[0] ?? null));
  const filter = (
    <SegmentedControl size="xs" value={channel} onChange={(name) => { setChannel(name); choose(null); }} aria-label={says.channel}
      data={[{ value: 'all', label: says.all }, { value: 'email', label: says.letters }, { value: 'sms', label: says.texts }, { value: 'push', label: says.pushes }, { value: 'webhook', label: says.calls }]} />
  );
  return (
    <Page title={says.title} more={says.more} actions={filter}>
      {items.length === 0 ? (
        <Empty icon={IconInbox} title={says.none}>{says.noneMore}</Empty>
      ) : (
        <Group align="flex-start" gap="md" wrap="nowrap">
          {(!isNarrow || open === null) && (
            <Paper withBorder radius="lg" w={isNarrow ? '100%' : 380} style={{ overflow: 'hidden', flexShrink: 0 }}>
              <Box mah="74vh" style={{ overflowY: 'auto' }}>
                {items.map((item) => <Entry key={`${item.is_test}${item.id}`} item={item} isOpen={item.id === open?.id && item.is_test === open.is_test} onOpen={() => choose(item)} />)}
                <Older query={letters} />
              </Box>
            </Paper>
          )}
          {open !== null && <Letter chosen={open} back={isNarrow ? () => choose(null) : null} />}
        </Group>
      )}
    </Page>
  );
}

function Entry({ item, isOpen, onOpen }: { readonly item: MailboxItem; readonly isOpen: boolean; readonly onOpen: () => void }) {
  return (
    <UnstyledButton onClick={onOpen} w="100%" px="md" py="sm" aria-current={isOpen}
      bg={isOpen ? 'var(--mantine-color-indigo-light)' : undefined} style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
      <Group wrap="nowrap" gap="sm" align="flex-start">
        <Picture channel={item.channel as Channel} />
        <Box miw={0} flex={1}>
          <Group justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" fw={600} truncate>{item.subject || (item.channel === 'sms' ? says.text : says.call)}</Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{sayInstant(item.at)}</Text>
          </Group>
          <Text size="xs" c="dimmed" truncate>{item.is_test && <Text span inherit c={colorText('grape')} fw={600}>{says.testShort} · </Text>}{item.to}{item.journey ? ` · ${item.journey_name ?? item.journey}` : ''}</Text>
        </Box>
      </Group>
    </UnstyledButton>
  );
}

function Picture({ channel }: { readonly channel: Channel }) {
  const { icon: Shown, color } = CHANNELS[channel];
  return <ThemeIcon variant="light" color={color} size={32} radius="md"><Shown size={17} stroke={1.8} /></ThemeIcon>;
}

function Letter({ chosen: { id, is_test: isTest }, back }: { readonly chosen: Chosen; readonly back: (() => void) | null }) {
  const { data: letter, error } = useQuery(askLetter(id, isTest));
  if (error && !letter) return <Failure error={error} />;
  if (!letter) return <Loading />;
  return (
    <Paper withBorder radius="lg" p="md" flex={1} miw={0} component="article">
      <Group wrap="nowrap" align="flex-start" mb="sm">
        {back && <ActionIcon variant="subtle" color="gray" onClick={back} aria-label={says.back}><IconArrowLeft size={18} /></ActionIcon>}
        <Box miw={0}>
          <Title order={2} size="h4">{letter.subject || (letter.channel === 'sms' ? says.text : says.call)}</Title>
          <Text size="sm" c="dimmed">{letter.from ? `${letter.from} → ` : ''}{letter.to}</Text>
          <Group gap="xs" mt={6}>
            {letter.journey && <Badge variant="default" tt="none">{letter.journey_name ?? letter.journey} · {letter.node}</Badge>}
            {isTest ? <Tag color="grape">{says.test}</Tag> : <Badge variant="default" tt="none">{says.classes[letter.class] ?? letter.class}</Badge>}
            {letter.message && <Anchor component={Link} to={`/messages/${letter.message}`} size="xs">{says.everything}</Anchor>}
            {letter.view && <Anchor href={letter.view} target="_blank" rel="noopener" size="xs" title={says.viewMore}>{says.view}</Anchor>}
          </Group>
        </Box>
      </Group>
      {letter.channel === 'push' ? <Notification push={readKeptPush(letter.subject, letter.text, letter.headers)} /> : <LetterView key={`${isTest}${id}`} subject={letter.subject} text={letter.text} headers={letter.headers} files={letter.files} page={letter.has_html ? `/api/v1/mailbox/${isTest ? 'tests/' : ''}${id}/html` : null} />}
    </Paper>
  );
}
