import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { words } from '../words/language';
import { askPreview, askTemplate, readChannel } from './asks';
import { Notification } from './Notification';

const says = words({
  en: { letter: (name: string) => `The letter “${name}”`, edit: 'Open the template', subject: 'Subject' },
  de: { letter: (name: string) => `Der Brief „${name}“`, edit: 'Vorlage öffnen', subject: 'Betreff' },
});

/** The letter or text of a template as it is in use, small, with the way to its words. */
export function LetterThumbnail({ templateKey }: { readonly templateKey: string }) {
  const { data: template } = useQuery({ ...askTemplate(templateKey), retry: false });
  const channel = readChannel(template?.channel);
  const { data: preview } = useQuery(askPreview(channel, template?.source ?? '', '', {}));
  if (!template) return null;
  return (
    <div className="letter-small">
      {preview?.page && <div className="window" inert><iframe sandbox="" src={preview.page} title={says.letter(template.name)} tabIndex={-1} loading="lazy" /></div>}
      {channel === 'sms' && preview && <div className="bubble">{preview.text.trim()}</div>}
      {channel === 'push' && preview?.push && <Notification push={preview.push} />}
      {channel === 'email' && preview?.subject && <Text size="xs" mt={6}><Text span inherit c="dimmed">{says.subject}: </Text>{preview.subject}</Text>}
      <Anchor component={Link} to={`/templates/${templateKey}`} size="xs" display="inline-block" mt={6}>{says.edit}</Anchor>
    </div>
  );
}
