import { Alert, Anchor, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconHelpCircle, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay, useSession } from '../session/asks';
import { colorText } from '../ui/Tag';
import { words } from '../words/language';
import { type Channel, type Reader, sendTest, type TestSent } from './asks';
import { type Envelope, listDigests } from './envelope';

const says = words({
  en: {
    title: 'Send a test', more: 'What stands in the editor, saved or not, as this person would get it. Marked [Test], counted nowhere, and its links to unsubscribe do nothing.', to: 'To', number: 'Number, with its country code', browsers: 'To the browsers of', tookPush: (provider: string) => `${provider} took it. Their browser shows it as soon as it is open.`, unsurePush: 'It may have left: look at the browser before you send it again.', browsersMore: 'E-mail address or id of a contact who has allowed pushes; it is made up for them.', pushMore: 'What stands in the editor, saved or not, as this person would get it. Marked [Test] and counted nowhere.', ownBrowsers: 'Browsers of somebody else than you take the right to publish.', ownOnly: 'Another address than your own takes the right to publish.', whom: 'Made up for', nobody: 'nobody: values that are missing stay empty', send: 'Send', again: 'Send another', cancel: 'Cancel', close: 'Close',
    sent: (to: string) => `Sent to ${to}`, kept: (to: string) => `Kept for ${to}`, keptMore: 'This instance sends nothing out: the test is in the mailbox.', mailbox: 'To the mailbox', took: (provider: string) => `${provider} took it. Whether it arrives, you see in the inbox.`, refused: 'The provider did not take it', unsure: 'Nobody knows whether it left', unsureMore: 'The provider took it or did not: look into the inbox before you send it again.', said: 'What it said', would: 'The real message would not be made for this person:', failed: 'Nothing was sent',
  },
  de: {
    title: 'Test senden', more: 'Was im Editor steht, gespeichert oder nicht, so wie diese Person es bekäme. Mit [Test] gekennzeichnet, nirgends gezählt, und die Links zum Abmelden bewirken nichts.', to: 'An', number: 'Nummer mit Ländervorwahl', browsers: 'An die Browser von', tookPush: (provider: string) => `${provider} hat sie angenommen. Der Browser zeigt sie, sobald er offen ist.`, unsurePush: 'Vielleicht ging sie hinaus: sehen Sie im Browser nach, bevor Sie sie noch einmal senden.', browsersMore: 'E-Mail-Adresse oder Id eines Kontakts, der Push erlaubt hat; für ihn wird sie ausgefüllt.', pushMore: 'Was im Editor steht, gespeichert oder nicht, so wie diese Person es bekäme. Mit [Test] gekennzeichnet und nirgends gezählt.', ownBrowsers: 'Browser anderer verlangen das Recht zu veröffentlichen.', ownOnly: 'Eine andere Adresse als Ihre eigene verlangt das Recht zu veröffentlichen.', whom: 'Ausgefüllt für', nobody: 'niemanden: fehlende Werte bleiben leer', send: 'Senden', again: 'Noch einen senden', cancel: 'Abbrechen', close: 'Schließen',
    sent: (to: string) => `An ${to} gesendet`, kept: (to: string) => `Für ${to} aufbewahrt`, keptMore: 'Diese Instanz sendet nichts hinaus: der Test liegt im Postfach.', mailbox: 'Zum Postfach', took: (provider: string) => `${provider} hat ihn angenommen. Ob er ankommt, sehen Sie im Posteingang.`, refused: 'Der Anbieter hat ihn nicht angenommen', unsure: 'Ob er hinausging, weiß niemand', unsureMore: 'Vielleicht hat der Anbieter ihn angenommen: sehen Sie im Posteingang nach, bevor Sie ihn noch einmal senden.', said: 'Was er sagte', would: 'Die echte Nachricht entstünde für diese Person nicht:', failed: 'Nichts wurde gesendet',
  },
});

/** Sends what stands in the editor to oneself, or to a colleague, and says what the provider answered. */
export function TestSend({ channel, source, language, template, reader, data, envelope, onClose }: {
  readonly channel: Channel;
  readonly source: string;
  /** The tag of the variant that it is; empty: the words for everybody. */
  readonly language: string;
  readonly template: string;
  readonly reader: Reader;
  readonly data: Record<string, unknown>;
  readonly envelope: Envelope;
  readonly onClose: () => void;
}) {
  const { user } = useSession();
  const isPush = channel === 'push';
  const mayAnybody = useMay('journeys:publish');
  const maySeeMailbox = useMay('contacts:read');
  const [to, setTo] = useState(channel === 'email' ? user.email : isPush ? (mayAnybody && reader.contact) || user.email : '');
  const [contact, setContact] = useState(reader.contact);
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () => sendTest({ channel, source, language, template, contact: (isPush ? to : contact).trim(), data, sender: envelope.sender, files: listDigests(envelope), to: isPush ? '' : to.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mailbox'] }),
  });
  return (
    <Modal opened onClose={onClose} title={says.title} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); send.mutate(); }}>
        <Stack>
          <Text size="sm" c="dimmed">{isPush ? says.pushMore : says.more}</Text>
          <TextInput label={isPush ? says.browsers : channel === 'email' ? says.to : says.number} type={isPush ? 'text' : channel === 'email' ? 'email' : 'tel'} value={to} onChange={(event) => setTo(event.currentTarget.value)} required maxLength={254} data-autofocus readOnly={!mayAnybody} description={!mayAnybody ? (isPush ? says.ownBrowsers : says.ownOnly) : isPush && says.browsersMore} />
          {!isPush && <TextInput label={says.whom} placeholder={says.nobody} value={contact} onChange={(event) => setContact(event.currentTarget.value)} maxLength={254} />}
          <div aria-live="polite">
            {send.error && <Alert color="red" variant="light" icon={<IconX size={18} />} title={says.failed}>{send.error.message}</Alert>}
            {send.data && <Outcome sent={send.data} isPush={isPush} maySeeMailbox={maySeeMailbox} />}
          </div>
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{send.data ? says.close : says.cancel}</Button><Button type="submit" loading={send.isPending} disabled={!to.trim()}>{send.data ? says.again : says.send}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Outcome({ sent, isPush, maySeeMailbox }: { readonly sent: TestSent; readonly isPush: boolean; readonly maySeeMailbox: boolean }) {
  const look = sent.is_accepted ? { color: 'green', icon: <IconCircleCheck size={18} />, title: sent.in_mailbox ? says.kept(sent.to) : says.sent(sent.to) }
    : sent.is_uncertain ? { color: 'orange', icon: <IconHelpCircle size={18} />, title: says.unsure } : { color: 'red', icon: <IconX size={18} />, title: says.refused };
  return (
    <Stack gap="xs">
      <Alert variant="light" {...look} styles={{ title: { color: colorText(look.color) } }}>
        <Stack gap="xs" align="flex-start">
          {sent.in_mailbox ? <Text size="sm">{says.keptMore}</Text> : sent.is_accepted ? <Text size="sm">{(isPush ? says.tookPush : says.took)(sent.provider)}</Text> : sent.is_uncertain ? <Text size="sm">{isPush ? says.unsurePush : says.unsureMore}</Text> : null}
          {sent.in_mailbox && maySeeMailbox && <Anchor component={Link} to="/mailbox" size="sm">{says.mailbox}</Anchor>}
          {!sent.in_mailbox && sent.details && <><Text size="xs">{says.said}</Text><Code block w="100%" style={{ whiteSpace: 'pre-wrap' }}>{sent.details}</Code></>}
        </Stack>
      </Alert>
      {sent.problem && <Alert color="orange" variant="light" p="xs" title={says.would}>{sent.problem}</Alert>}
    </Stack>
  );
}
