import './contacts.css';

import { ActionIcon, Anchor, Group, Menu, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconDots, IconDownload, IconEraser } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import type { Contact } from '../api/types';
import { downloadJson } from '../journeys/download';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { tellFailure } from '../ui/tell';
import { sayFully, sayInstant } from '../words/formats';
import { About } from './About';
import { askContact, copyHeld, type EntryKind } from './asks';
import { Attributes } from './Attributes';
import { Consents } from './Consents';
import { Erase } from './Erase';
import { Passages } from './Passages';
import { Tags } from './Tags';
import { Timeline } from './Timeline';
import { says } from './words';

/** Everything known of one contact, and everything that happened. */
export function ContactPage() {
  const { id } = useParams({ from: '/contacts/$id' });
  const { data: contact, error, refetch } = useQuery(askContact(id));
  if (error && !contact) return <Failure error={error} retry={() => void refetch()} />;
  if (!contact) return <Loading />;
  return <Shown key={contact.id} contact={contact} isMerged={contact.id !== id} />;
}

function Shown({ contact, isMerged }: { readonly contact: Contact; readonly isMerged: boolean }) {
  const mayEdit = useMay('contacts:write');
  const [kind, chooseKind] = useState<EntryKind | null>(null);
  const who = contact.name || contact.email || contact.external_id || says.anonymous;
  const more = [...(contact.name ? [contact.email, contact.phone] : []), isMerged ? says.mergedNote : null].filter(Boolean).join(' · ');
  return (
    <Page title={who} more={more} actions={<More contact={contact} />}>
      <Anchor component={Link} to="/contacts" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      <div className="person">
        <Stack className="who">
          <About contact={contact} mayEdit={mayEdit} />
          <Passages contact={contact} who={who} />
        </Stack>
        <div className="line"><Timeline uid={contact.id} only={kind} choose={chooseKind} /></div>
        <Stack className="what">
          <Attributes contact={contact} mayEdit={mayEdit} />
          <Tags contact={contact} mayEdit={mayEdit} />
          <Consents contact={contact} mayEdit={mayEdit} />
          <Segments contact={contact} />
        </Stack>
      </div>
    </Page>
  );
}

function More({ contact }: { readonly contact: Contact }) {
  const mayErase = useMay('contacts:erase');
  const [isErasing, setErasing] = useState(false);
  const copy = useMutation({ mutationFn: () => copyHeld(contact.id), onSuccess: (held) => downloadJson(`contact-${contact.id}.json`, held), onError: tellFailure });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target><ActionIcon variant="default" size={36} aria-label={says.actions} loading={copy.isPending}><IconDots size={18} /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => copy.mutate()}>{says.export}</Menu.Item>
          {mayErase && <Menu.Item color="red" leftSection={<IconEraser size={15} />} onClick={() => setErasing(true)}>{says.erase}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {isErasing && <Erase contact={contact} onClose={() => setErasing(false)} />}
    </>
  );
}

function Segments({ contact: { segments } }: { readonly contact: Contact }) {
  return (
    <Card title={says.segments}>
      {segments.length === 0 ? <Text size="sm" c="dimmed">{says.noSegments}</Text> : segments.map(({ key, name, since }) => (
        <Group key={key} justify="space-between" wrap="nowrap" gap="xs">
          <Anchor component={Link} to={`/segments/${key}`} size="sm" truncate>{name}</Anchor>
          <Text size="xs" c="dimmed" className="fixed" title={sayFully(since)}>{says.since(sayInstant(since))}</Text>
        </Group>
      ))}
    </Card>
  );
}
