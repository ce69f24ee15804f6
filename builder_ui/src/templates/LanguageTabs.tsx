import { ActionIcon, Autocomplete, Button, Group, Menu, Modal, Stack, Tabs, Text } from '@mantine/core';
import { IconDotsVertical, IconLanguage, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';

import { words as said } from '../words/language';
import { addLanguage, dropLanguage, EVERYBODY, listLanguages, readTag, sayLanguage, SUGGESTED, type Words } from './languages';

const says = said({
  en: {
    languages: 'Languages', everybody: 'Everybody else', only: 'For everybody', add: 'Add a language', tag: 'Language', tagMore: 'A tag such as de or en-GB. A contact whose attribute locale (or language) is de-AT gets de-AT, else de, else the words for everybody else.', wrong: 'No language tag, such as de or en-GB.', taken: 'There are words for this language.', begin: 'Begin with the words for everybody', cancel: 'Cancel', close: 'Close', more: 'More for this language', drop: (name: string) => `Take ${name} away`,
  },
  de: {
    languages: 'Sprachen', everybody: 'Alle anderen', only: 'Für alle', add: 'Sprache hinzufügen', tag: 'Sprache', tagMore: 'Ein Kürzel wie de oder en-GB. Ein Kontakt, dessen Eigenschaft locale (oder language) de-AT ist, bekommt de-AT, sonst de, sonst die Worte für alle anderen.', wrong: 'Kein Sprachkürzel wie de oder en-GB.', taken: 'Für diese Sprache gibt es schon Worte.', begin: 'Mit den Worten für alle beginnen', cancel: 'Abbrechen', close: 'Schließen', more: 'Mehr zu dieser Sprache', drop: (name: string) => `${name} entfernen`,
  },
});

/** Which language is written, and the ways to begin or take away one. */
export function LanguageTabs({ words, locale, mayEdit, choose, change }: {
  readonly words: Words;
  readonly locale: string;
  readonly mayEdit: boolean;
  readonly choose: (locale: string) => void;
  readonly change: (words: Words) => void;
}) {
  const [isAdding, setAdding] = useState(false);
  const tags = listLanguages(words);
  if (tags.length === 0 && !mayEdit) return null;
  return (
    <Group className="bar languages" px="xs" gap={4} wrap="nowrap" justify="space-between">
      <Tabs value={locale || EVERY} onChange={(value) => choose(value === EVERY || value === null ? EVERYBODY : value)} className="grow" variant="default">
        <Tabs.List aria-label={says.languages} className="language-list">
          <Tabs.Tab value={EVERY}>{tags.length === 0 ? says.only : says.everybody}</Tabs.Tab>
          {tags.map((tag) => <Tabs.Tab key={tag} value={tag} title={tag}>{sayLanguage(tag)}</Tabs.Tab>)}
        </Tabs.List>
      </Tabs>
      {mayEdit && (
        <Group gap={4} wrap="nowrap" className="fixed">
          {locale !== EVERYBODY && (
            <Menu position="bottom-end">
              <Menu.Target><ActionIcon variant="subtle" color="gray" size={28} aria-label={says.more}><IconDotsVertical size={15} /></ActionIcon></Menu.Target>
              <Menu.Dropdown><Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => { change(dropLanguage(words, locale)); choose(EVERYBODY); }}>{says.drop(sayLanguage(locale))}</Menu.Item></Menu.Dropdown>
            </Menu>
          )}
          <Button size="compact-sm" variant="subtle" fz="xs" px={6} aria-label={says.add} onClick={() => setAdding(true)}><IconLanguage size={15} /><Text span inherit ml={6} visibleFrom="sm">{says.add}</Text></Button>
        </Group>
      )}
      {isAdding && <Add taken={tags} onClose={() => setAdding(false)} add={(tag) => { change(addLanguage(words, tag)); choose(tag); setAdding(false); }} />}
    </Group>
  );
}

const EVERY = '*';

function Add({ taken, add, onClose }: { readonly taken: readonly string[]; readonly add: (tag: string) => void; readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const tag = readTag(typed);
  const wrong = typed.trim() === '' ? null : tag === null ? says.wrong : taken.includes(tag) ? says.taken : null;
  return (
    <Modal opened onClose={onClose} title={says.add} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (tag !== null && wrong === null) add(tag); }}>
        <Stack>
          <Autocomplete label={says.tag} description={says.tagMore} value={typed} onChange={setTyped} limit={6} data={SUGGESTED.filter((one) => !taken.includes(one))} error={wrong} maxLength={35} data-autofocus comboboxProps={{ withinPortal: true }}
            renderOption={({ option }) => <Group gap="xs"><Text size="sm">{sayLanguage(option.value)}</Text><Text size="xs" c="dimmed">{option.value}</Text></Group>} />
          {tag !== null && wrong === null && <Text size="sm" fw={600}>{sayLanguage(tag)}</Text>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={tag === null || wrong !== null}>{says.begin}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
