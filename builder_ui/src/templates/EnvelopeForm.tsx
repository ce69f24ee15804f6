import { ActionIcon, Alert, Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { FilePicker } from '../files/FilePicker';
import { HEAVY, MOST_TOGETHER, saySize, sumSizes } from '../files/files';
import { askSenders, sayMailbox } from '../settings/senders';
import { words } from '../words/language';
import { type Envelope, putIn, takeOut } from './envelope';

const says = words({
  en: { title: 'Envelope: sender and attachments', from: 'From', fromMore: 'Whom nobody is chosen for, the topic’s sender stands for; without one, the instance’s own.', usual: (sender: string) => `As usual (${sender})`, files: 'What goes along', none: 'Nothing. Terms, a voucher or a calendar entry can go with every letter of this template.', add: 'Attach a file', drop: (name: string) => `Take ${name} out`, together: (size: string) => `Together ${size}.`, heavy: 'That is heavy: some providers (Postmark from about 7 MB) and mailboxes refuse such letters. A link to the file is kinder.', tooMuch: 'At most 10 MB go with a letter. Take something out, or link to it.', saved: 'It counts with the next version that you save.', close: 'Close', done: 'Done' },
  de: { title: 'Umschlag: Absender und Anhänge', from: 'Von', fromMore: 'Ist hier niemand gewählt, gilt der Absender des Themas; hat es keinen, der eigene der Instanz.', usual: (sender: string) => `Wie sonst (${sender})`, files: 'Was mitgeht', none: 'Nichts. AGB, ein Gutschein oder ein Kalendereintrag können mit jedem Brief dieser Vorlage gehen.', add: 'Datei anhängen', drop: (name: string) => `${name} herausnehmen`, together: (size: string) => `Zusammen ${size}.`, heavy: 'Das ist schwer: Manche Anbieter (Postmark ab etwa 7 MB) und Postfächer lehnen solche Briefe ab. Ein Link zur Datei ist freundlicher.', tooMuch: 'Mit einem Brief gehen höchstens 10 MB. Nehmen Sie etwas heraus, oder verlinken Sie es.', saved: 'Es gilt mit der nächsten Version, die Sie speichern.', close: 'Schließen', done: 'Fertig' },
});

/** From whom the letters of a template come, and which files go with them. */
export function EnvelopeForm({ envelope, mayEdit, change, onClose }: {
  readonly envelope: Envelope;
  readonly mayEdit: boolean;
  readonly change: (envelope: Envelope) => void;
  readonly onClose: () => void;
}) {
  const { data: senders } = useQuery(askSenders());
  const [isChoosing, setChoosing] = useState(false);
  const size = sumSizes(envelope.files);
  if (isChoosing) return <FilePicker choose={(file) => { change(putIn(envelope, file)); setChoosing(false); }} onClose={() => setChoosing(false)} />;
  const usual = senders ? senders.marketing_sender || senders.sender : '…';
  return (
    <Modal opened onClose={onClose} title={says.title} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <NativeSelect label={says.from} description={says.fromMore} value={envelope.sender ?? ''} disabled={!mayEdit} onChange={({ currentTarget }) => change({ ...envelope, sender: currentTarget.value || null })}
          data={[{ value: '', label: says.usual(usual) }, ...(senders?.items ?? []).map((one) => ({ value: one.key, label: sayMailbox(one) }))]} />
        <Stack gap={6}>
          <Text size="sm" fw={500}>{says.files}</Text>
          {envelope.files.length === 0 ? <Text size="sm" c="dimmed">{says.none}</Text> : (
            <Stack gap={4} component="ul" className="plain">
              {envelope.files.map(({ digest, name, size: octets }) => (
                <Group key={digest} component="li" gap="xs" wrap="nowrap">
                  <IconPaperclip size={16} /><Text size="sm" lineClamp={1} className="grow">{name}</Text><Text size="xs" c="dimmed" className="fixed">{saySize(octets)}</Text>
                  {mayEdit && <ActionIcon size={24} variant="subtle" color="gray" aria-label={says.drop(name)} onClick={() => change(takeOut(envelope, digest))}><IconX size={15} /></ActionIcon>}
                </Group>
              ))}
            </Stack>
          )}
          {size > MOST_TOGETHER ? <Alert color="red" variant="light" p="xs">{says.together(saySize(size))} {says.tooMuch}</Alert> : size > HEAVY && <Alert color="orange" variant="light" p="xs">{says.together(saySize(size))} {says.heavy}</Alert>}
          {mayEdit && <Group><Button size="xs" variant="default" leftSection={<IconPaperclip size={15} />} onClick={() => setChoosing(true)}>{says.add}</Button></Group>}
        </Stack>
        <Group justify="space-between"><Text size="xs" c="dimmed">{mayEdit && says.saved}</Text><Button onClick={onClose}>{says.done}</Button></Group>
      </Stack>
    </Modal>
  );
}
