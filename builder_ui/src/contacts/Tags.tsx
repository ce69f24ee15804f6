import { Autocomplete, CloseButton, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { Contact } from '../api/types';
import { askNames } from '../fields/asks';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { tellFailure } from '../ui/tell';
import { type Change, changeContact } from './asks';
import { useChange } from './useChange';
import { says } from './words';

const LONGEST = 128;

/** The tags of a contact, to be added and taken away. */
export function Tags({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const [typed, setTyped] = useState('');
  const mayReadNames = useMay('journeys:read');
  const { data: names } = useQuery({ ...askNames(), enabled: mayEdit && mayReadNames });
  const held = contact.attributes['tags'];
  const tags = Array.isArray(held) ? held.filter((tag): tag is string => typeof tag === 'string') : [];
  const change = useChange(contact.id, says.saved, (given: Change) => changeContact(contact.id, given));
  const add = (tag: string) => {
    const name = tag.trim();
    setTyped('');
    if (name && !tags.includes(name)) change.mutate({ add_tags: [name] }, { onError: tellFailure });
  };
  return (
    <Card title={says.tags}>
      {tags.length === 0 ? <Text size="sm" c="dimmed">{says.noTags}</Text> : (
        <Group gap={6}>
          {tags.map((tag) => (
            <Group key={tag} gap={0} wrap="nowrap" className="tagged">
              <Text size="sm" truncate maw={220} title={tag}>{tag}</Text>
              {mayEdit && <CloseButton size={24} iconSize={14} aria-label={says.removeTag(tag)} onClick={() => change.mutate({ remove_tags: [tag] }, { onError: tellFailure })} />}
            </Group>
          ))}
        </Group>
      )}
      {mayEdit && (
        <form onSubmit={(event) => { event.preventDefault(); add(typed); }}>
          <Autocomplete size="xs" value={typed} onChange={setTyped} onOptionSubmit={add} data={(names?.tags ?? []).filter((tag) => !tags.includes(tag))} limit={8} maxLength={LONGEST} placeholder={says.addTag} aria-label={says.addTag} leftSection={<IconPlus size={14} />} autoComplete="off" />
        </form>
      )}
    </Card>
  );
}
