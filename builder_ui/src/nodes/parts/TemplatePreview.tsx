import { Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { askNames } from '../../fields/asks';
import { PICTURES } from '../../messages/pictures';
import type { Channel } from '../../templates/asks';
import { LetterThumbnail } from '../../templates/LetterThumbnail';
import { listVariables } from '../../fields/names';
import { sayAnd } from '../../words/formats';
import { words } from '../../words/language';

const says = words({
  en: { unknown: 'There is no template of this name yet.', uses: (names: string) => `Wants ${names}`, plain: 'Needs no values but the contact’s own' },
  de: { unknown: 'Eine Vorlage dieses Namens gibt es noch nicht.', uses: (names: string) => `Braucht ${names}`, plain: 'Braucht keine Werte außer denen des Kontakts' },
});
const MOST = 5;

/** What is known of the template that is chosen: its name, and what it fills in. */
export function TemplatePreview({ template, channel }: { readonly template: string; readonly channel: Channel }) {
  const { data } = useQuery(askNames());
  if (template === '' || !data) return null;
  const found = data.templates.find(({ key }) => key === template);
  const variables = listVariables(data, template);
  const { icon: Picture, color } = PICTURES[channel];
  return (
    <Paper withBorder radius="md" p={8} className="letter-card">
      <Group gap="xs" wrap="nowrap">
        <ThemeIcon variant="light" color={found ? color : 'gray'} size={32} radius="sm"><Picture size={17} stroke={1.7} /></ThemeIcon>
        <div style={{ minWidth: 0 }}>
          <Text size="xs" fw={600} truncate>{found?.name ?? template}</Text>
          <Text fz={11} c="dimmed" lineClamp={2}>{found === undefined ? says.unknown : variables.length > 0 ? says.uses(sayAnd(variables.slice(0, MOST))) : says.plain}</Text>
        </div>
      </Group>
      {found && <LetterThumbnail key={template} templateKey={template} />}
    </Paper>
  );
}
