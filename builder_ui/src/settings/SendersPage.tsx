import { Alert, Anchor, Button, Code, Group, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAt, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { Facts } from '../broadcasts/Facts';
import { checkKey, keyFromName } from '../journeys/keys';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone } from '../ui/tell';
import { words as choose } from '../words/language';
import { says } from './partsWords';
import { askSenders, sayMailbox, type SenderShown } from './senders';
import { SettingsFrame } from './SettingsFrame';

const words = choose({
  en: { more: 'From whom letters come. A template may name one of these senders, and so may a topic; else the instance’s own stands for it.', create: 'New sender', edit: 'Change the sender', none: 'No further senders yet', noneMore: 'Register one, such as the person who writes your newsletter, and name it in a topic or a template.', own: 'The instance’s own', all: 'For all letters', marketing: 'For marketing', asAll: 'the same', replyTo: 'Answers go to', toSender: 'the sender', domains: 'Domains that letters may come from', order: 'Who counts: the sender that a step of a journey names, else the template’s, else the topic’s, else the one for marketing, else the one for all letters.', name: 'Name', nameMore: 'As it stands in the inbox. No address, no quotes.', address: 'Address', addressMore: (domains: string) => `At ${domains}. Others are added by who runs the instance (SOJOURN_SENDER_DOMAINS), once their records are set.`, reply: 'Answers go to', replyMore: 'An address; empty: to the sender itself.', good: 'records are right', bad: 'records are not right', unchecked: 'not checked yet', gone: 'domain is not vouched for', toCheck: 'Check the records', goneMore: 'The settings name this domain no more: letters come from the next in order.', used: 'Named by', unused: 'nobody yet', remove: 'Remove', removed: 'The sender is removed.', saved: 'The sender is saved.' },
  de: { more: 'Von wem Briefe kommen. Eine Vorlage kann einen dieser Absender nennen, ein Thema auch; sonst gilt der eigene der Instanz.', create: 'Neuer Absender', edit: 'Absender ändern', none: 'Noch keine weiteren Absender', noneMore: 'Tragen Sie jemanden ein, etwa die Person, die Ihren Newsletter schreibt, und nennen Sie sie in einem Thema oder einer Vorlage.', own: 'Die eigenen der Instanz', all: 'Für alle Briefe', marketing: 'Für Marketing', asAll: 'derselbe', replyTo: 'Antworten gehen an', toSender: 'den Absender', domains: 'Domains, von denen Briefe kommen dürfen', order: 'Es gilt: der Absender, den ein Schritt einer Journey nennt, sonst der der Vorlage, sonst der des Themas, sonst der für Marketing, sonst der für alle Briefe.', name: 'Name', nameMore: 'Wie er im Posteingang steht. Keine Adresse, keine Anführungszeichen.', address: 'Adresse', addressMore: (domains: string) => `Bei ${domains}. Andere fügt hinzu, wer die Instanz betreibt (SOJOURN_SENDER_DOMAINS), sobald ihre Einträge stehen.`, reply: 'Antworten gehen an', replyMore: 'Eine Adresse; leer: an den Absender selbst.', good: 'Einträge stimmen', bad: 'Einträge stimmen nicht', unchecked: 'noch nicht geprüft', gone: 'Domain ist nicht verbürgt', toCheck: 'Einträge prüfen', goneMore: 'Die Einstellungen nennen diese Domain nicht mehr: Briefe kommen vom nächsten in der Reihenfolge.', used: 'Genannt von', unused: 'noch niemandem', remove: 'Entfernen', removed: 'Der Absender ist entfernt.', saved: 'Der Absender ist gespeichert.' },
});

/** From whom letters may come. */
export function SendersPage() {
  const { data, error, refetch } = useQuery(askSenders());
  const mayChange = useMay('settings:manage');
  const [editing, edit] = useState<SenderShown | 'new' | null>(null);
  return (
    <SettingsFrame more={words.more} actions={mayChange && <Button leftSection={<IconPlus size={16} />} onClick={() => edit('new')}>{words.create}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Stack gap="sm">
          {data.items.length === 0 ? <Empty icon={IconAt} title={words.none}>{words.noneMore}</Empty> : data.items.map((sender) => <Row key={sender.key} sender={sender} edit={mayChange ? edit : null} />)}
          <Card title={words.own}>
            <Facts rows={[
              [words.all, <Setting key="all" variable="SOJOURN_SENDER">{data.sender}</Setting>],
              [words.marketing, <Setting key="marketing" variable="SOJOURN_MARKETING_SENDER">{data.marketing_sender || words.asAll}</Setting>],
              [words.replyTo, <Setting key="reply" variable="SOJOURN_REPLY_TO">{data.reply_to || words.toSender}</Setting>],
              [words.domains, <Setting key="domains" variable="SOJOURN_SENDER_DOMAINS">{data.domains.join(', ')}</Setting>],
            ]} />
            <Text size="xs" c="dimmed">{words.order}</Text>
          </Card>
        </Stack>
      )}
      {editing !== null && data && <Edit key={editing === 'new' ? 'new' : `${editing.key}/${editing.revision}`} sender={editing === 'new' ? null : editing} domains={data.domains} taken={new Set(data.items.map(({ key }) => key))} onClose={() => edit(null)} onStale={edit} />}
    </SettingsFrame>
  );
}

function Setting({ variable, children }: { readonly variable: string; readonly children: React.ReactNode }) {
  return <>{children} <Code className="wrapped">{variable}</Code></>;
}

function Row({ sender, edit }: { readonly sender: SenderShown; readonly edit: ((sender: SenderShown) => void) | null }) {
  const state = !sender.is_vouched ? { color: 'red' as const, label: words.gone } : sender.is_aligned === null ? { color: 'gray' as const, label: words.unchecked } : sender.is_aligned ? { color: 'green' as const, label: words.good } : { color: 'orange' as const, label: words.bad };
  return (
    <Paper component="article" withBorder radius="lg" p="md" aria-label={sender.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className="grow">
          <Group gap="xs"><Text fw={600}>{sender.name}</Text><Tag color={state.color}>{state.label}</Tag></Group>
          <Text size="sm" c="dimmed" className="wrapped">{sender.address}{sender.reply_to && ` · ${words.replyTo} ${sender.reply_to}`}</Text>
          {!sender.is_vouched && <Text size="sm">{words.goneMore}</Text>}
          <Text size="xs" c="dimmed">{words.used}: {[...sender.used_by, ...sender.journeys].map(({ name }) => name).join(', ') || words.unused}{sender.is_aligned !== true && <> · <Anchor component={Link} to="/deliverability" size="xs" underline="always">{words.toCheck}</Anchor></>}</Text>
        </div>
        {edit && <Button size="xs" variant="default" className="fixed" aria-label={says.change(sender.name)} onClick={() => edit(sender)}>{says.edit}</Button>}
      </Group>
    </Paper>
  );
}

function Edit({ sender, domains, taken, onClose, onStale }: { readonly sender: SenderShown | null; readonly domains: readonly string[]; readonly taken: ReadonlySet<string>; readonly onClose: () => void; readonly onStale: (theirs: SenderShown | null) => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(sender?.name ?? '');
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [address, setAddress] = useState(sender?.address ?? '');
  const [replyTo, setReplyTo] = useState(sender?.reply_to ?? '');
  const key = sender?.key ?? ownKey ?? keyFromName(name || 'sender', taken);
  const trouble = sender === null ? checkKey(key, taken) : null;
  const done = async (message: string) => {
    tellDone(message);
    await queries.invalidateQueries({ queryKey: ['senders'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => answer(api.PUT('/api/v1/senders/{key}', { params: { path: { key } }, body: { name: name.trim(), address: address.trim(), reply_to: replyTo.trim(), revision: sender?.revision ?? 0 } })),
    onSuccess: () => done(words.saved),
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/senders/{key}', { params: { path: { key } } })),
    onSuccess: () => done(words.removed),
  });
  const refused = save.error ?? remove.error;
  const isConflict = sender !== null && save.error instanceof Refused && save.error.status === 409;
  const load = async () => onStale((await queries.fetchQuery({ ...askSenders(), staleTime: 0 })).items.find((one) => one.key === key) ?? null);
  const isWhole = name.trim() !== '' && address.trim() !== '' && trouble === null;
  return (
    <Modal opened onClose={onClose} title={sender === null ? words.create : words.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) save.mutate(); }}>
        <Stack>
          <TextInput label={words.name} description={words.nameMore} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} required maxLength={70} data-autofocus />
          {sender === null && <TextInput label={says.key} description={says.keyMore} value={key} onChange={({ currentTarget }) => setOwnKey(currentTarget.value)} error={trouble === null ? null : trouble === 'taken' ? says.keyTaken : says.keyWrong} />}
          <TextInput label={words.address} description={words.addressMore(domains.join(', '))} type="email" value={address} onChange={({ currentTarget }) => setAddress(currentTarget.value)} required maxLength={254} />
          <TextInput label={words.reply} description={words.replyMore} type="email" value={replyTo} onChange={({ currentTarget }) => setReplyTo(currentTarget.value)} maxLength={254} />
          {name.trim() && address.trim() && <Text size="sm" c="dimmed" className="wrapped">{sayMailbox({ name: name.trim(), address: address.trim() })}</Text>}
          {refused && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : refused.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          <Group justify="space-between">
            {sender === null || sender.used_by.length + sender.journeys.length > 0 ? <span /> : <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{words.remove}</Button>}
            <Group gap="xs"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!isWhole}>{sender === null ? says.make : says.save}</Button></Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
