import { ActionIcon, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';

import { words } from '../words/language';
import { MOST_ACTIONS, type PushFields, readPush, writePush } from './pushLines';
import { type Known, WordsField } from './WordsField';

const says = words({
  en: {
    title: 'Title', titleMore: 'About 40 characters are seen on every device.', body: 'Text', bodyMore: 'About 120 characters are seen before it is cut. Type {{ to fill in what is known of the reader, coupons, catalogs and fetched content.',
    url: 'Where a click leads', urlMore: 'A whole address. Without one: to the site itself.', icon: 'Icon', iconMore: 'https://…, a square of 192 pixels.', image: 'Picture', imageMore: 'https://…, shown large by Chrome and Edge.', tag: 'Replaces', tagMore: 'A newer push of the same name takes the place of an older one, such as “cart”.',
    actions: 'Buttons', actionsMore: 'Shown by Chrome and Edge; elsewhere a click goes where the push leads.', label: 'Name', to: 'Leads to', add: 'Add a button', remove: 'Remove the button',
  },
  de: {
    title: 'Titel', titleMore: 'Etwa 40 Zeichen sind auf jedem Gerät zu sehen.', body: 'Text', bodyMore: 'Etwa 120 Zeichen sind zu sehen, ehe er gekürzt wird. Tippen Sie {{, um Werte der Person, Gutscheine, Kataloge und Abgerufenes einzusetzen.',
    url: 'Wohin ein Klick führt', urlMore: 'Eine ganze Adresse. Ohne sie: zur Website selbst.', icon: 'Symbol', iconMore: 'https://…, ein Quadrat von 192 Pixeln.', image: 'Bild', imageMore: 'https://…, groß gezeigt von Chrome und Edge.', tag: 'Ersetzt', tagMore: 'Eine neuere Push-Mitteilung desselben Namens ersetzt die ältere, etwa „cart“.',
    actions: 'Schaltflächen', actionsMore: 'Gezeigt von Chrome und Edge; sonst führt ein Klick dorthin, wohin die Push führt.', label: 'Name', to: 'Führt zu', add: 'Schaltfläche hinzufügen', remove: 'Schaltfläche entfernen',
  },
});

/** Characters of a field, and of what is on a button. */
const MOST = 2000;
const MOST_LABEL = 60;

/** The words of a push, field by field. */
export function PushEditor({ source, mayEdit, known, onChange }: { readonly source: string; readonly mayEdit: boolean; readonly known: Known; readonly onChange: (source: string) => void }) {
  const shared = { ...known, mayEdit };
  const fields = readPush(source);
  const put = (changed: Partial<PushFields>) => onChange(writePush({ ...fields, ...changed }));
  const putAction = (place: number, changed: Partial<PushFields['actions'][number]>) => put({ actions: fields.actions.map((one, at) => (at === place ? { ...one, ...changed } : one)) });
  const line = (name: 'url' | 'icon' | 'image' | 'tag', label: string, description: string) => (
    <WordsField {...shared} label={label} description={description} value={fields[name]} change={(value) => put({ [name]: value })} isLine most={MOST} />
  );
  return (
    <Stack p="md" gap="md" className="push-editor">
      <WordsField {...shared} label={says.title} description={says.titleMore} value={fields.title} change={(title) => put({ title })} isLine isRequired most={MOST} />
      <WordsField {...shared} label={says.body} description={says.bodyMore} value={fields.body} change={(body) => put({ body })} rows={3} most={MOST} />
      {line('url', says.url, says.urlMore)}
      <Group grow align="flex-start">
        {line('icon', says.icon, says.iconMore)}
        {line('image', says.image, says.imageMore)}
      </Group>
      {line('tag', says.tag, says.tagMore)}
      <Fieldset legend={says.actions} radius="md">
        <Stack gap="sm">
          <Text size="xs" c="dimmed">{says.actionsMore}</Text>
          {fields.actions.map((action, place) => (
            <Group key={place} align="flex-end" wrap="nowrap" gap="xs">
              <div className="push-label"><WordsField {...shared} label={says.label} value={action.label} change={(label) => putAction(place, { label })} isLine most={MOST_LABEL} /></div>
              <div className="grow"><WordsField {...shared} label={says.to} value={action.url} change={(url) => putAction(place, { url })} isLine most={MOST} /></div>
              {mayEdit && <ActionIcon variant="subtle" color="red" size={36} aria-label={says.remove} onClick={() => put({ actions: fields.actions.filter((_, at) => at !== place) })}><IconTrash size={16} /></ActionIcon>}
            </Group>
          ))}
          {mayEdit && fields.actions.length < MOST_ACTIONS && <Group><Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => put({ actions: [...fields.actions, { label: '', url: '' }] })}>{says.add}</Button></Group>}
        </Stack>
      </Fieldset>
    </Stack>
  );
}
