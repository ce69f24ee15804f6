import { ActionIcon, Alert, Anchor, Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPaperclip, IconPhoto, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { FilePicker } from '../files/FilePicker';
import { HEAVY, MOST_TOGETHER, saySize, sumSizes } from '../files/files';
import { useMay } from '../session/asks';
import { askSenders, sayMailbox } from '../settings/senders';
import { words } from '../words/language';
import { type Envelope, putIn, takeOut } from './envelope';

const says = words({
  en: { title: 'Envelope', from: 'From', fromMore: (usual: string) => `As usual: the topic’s sender, or ${usual}.`, usual: 'As usual', register: 'Register a sender', files: 'Attachments', none: 'None yet. Terms, a voucher or a calendar entry can go with every letter of this template.', add: 'Attach a file', drop: (name: string) => `Take ${name} out`, together: (size: string) => `Together ${size}.`, heavy: 'That is heavy: some providers (Postmark from about 7 MB) and mailboxes refuse such letters. A link to the file is kinder.', tooMuch: 'At most 10 MB go with a letter. Take something out, or link to it.', saved: 'Takes effect with the next version you save.', close: 'Close', done: 'Done' },
  de: { title: 'Umschlag', from: 'Von', fromMore: (usual: string) => `Wie sonst: der Absender des Themas, oder ${usual}.`, usual: 'Wie sonst', register: 'Absender eintragen', files: 'Anhänge', none: 'Noch keine. AGB, ein Gutschein oder ein Kalendereintrag können mit jedem Brief dieser Vorlage gehen.', add: 'Datei anhängen', drop: (name: string) => `${name} herausnehmen`, together: (size: string) => `Zusammen ${size}.`, heavy: 'Das ist schwer: Manche Anbieter (Postmark ab etwa 7 MB) und Postfächer lehnen solche Briefe ab. Ein Link zur Datei ist freundlicher.', tooMuch: 'Mit einem Brief gehen höchstens 10 MB. Nehmen Sie etwas heraus, oder verlinken Sie es.', saved: 'Gilt mit der nächsten Version, die Sie speichern.', close: 'Schließen', done: 'Fertig' },
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
  const mayRegister = useMay('settings:manage');
  const size = sumSizes(envelope.files);
  if (isChoosing) return <FilePicker choose={(file) => { change(putIn(envelope, file)); setChoosing(false); }} onClose={() => setChoosing(false)} />;
  const usual = senders ? senders.marketing_sender || senders.sender : '…';
  return (
    <Modal opened onClose={onClose} title={says.title} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack gap="lg">
        <div>
          <NativeSelect label={says.from} description={says.fromMore(usual)} value={envelope.sender ?? ''} disabled={!mayEdit} onChange={({ currentTarget }) => change({ ...envelope, sender: currentTarget.value || null })}
            data={[{ value: '', label: says.usual }, ...(senders?.items ?? []).map((one) => ({ value: one.key, label: sayMailbox(one) }))]} />
          {mayRegister && senders?.items.length === 0 && <Anchor component={Link} to="/settings/senders" size="xs" mt={6} display="inline-block">{says.register}</Anchor>}
        </div>
        <Stack gap="xs">
          <Text size="sm" fw={500}>{says.files}</Text>
          {envelope.files.length === 0 ? <Text size="sm" c="dimmed">{says.none}</Text> : (
            <ul className="plain attached">
              {envelope.files.map((file) => (
                <Group key={file.digest} component="li" gap="xs" wrap="nowrap">
                  {file.is_picture ? <IconPhoto size={16} className="fixed" /> : <IconPaperclip size={16} className="fixed" />}
                  <Text size="sm" lineClamp={1} className="grow wrapped" title={file.name}>{file.name}</Text><Text size="xs" c="dimmed" className="fixed numbers">{saySize(file.size)}</Text>
                  {mayEdit && <ActionIcon size={24} variant="subtle" color="gray" aria-label={says.drop(file.name)} onClick={() => change(takeOut(envelope, file.digest))}><IconX size={15} /></ActionIcon>}
                </Group>
              ))}
            </ul>
          )}
          {size > MOST_TOGETHER ? <Alert color="red" variant="light" p="xs">{says.together(saySize(size))} {says.tooMuch}</Alert> : size > HEAVY ? <Alert color="orange" variant="light" p="xs">{says.together(saySize(size))} {says.heavy}</Alert> : envelope.files.length > 1 && <Text size="xs" c="dimmed">{says.together(saySize(size))}</Text>}
          {mayEdit && <Group><Button size="xs" variant="default" leftSection={<IconPaperclip size={15} />} onClick={() => setChoosing(true)}>{says.add}</Button></Group>}
        </Stack>
        <Group justify="space-between" wrap="nowrap"><Text size="xs" c="dimmed">{mayEdit && says.saved}</Text><Button className="fixed" onClick={onClose}>{says.done}</Button></Group>
      </Stack>
    </Modal>
  );
}
