import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { askNames } from '../../fields/asks';
import { listOptions } from '../../fields/names';
import { NameSelect } from '../../fields/NameSelect';
import { words } from '../../words/language';
import type { Channel } from './channels';

const says = words<{ readonly template: string; readonly make: string; readonly choose: { readonly [channel in Channel]: string }; readonly none: { readonly [channel in Channel]: string } }>({
  en: {
    template: 'Template', make: 'Write one under Templates',
    choose: { email: 'Choose a template for letters', sms: 'Choose a template for texts', push: 'Choose a template for pushes' },
    none: { email: 'There is no template for letters yet.', sms: 'There is no template for texts yet.', push: 'There is no template for pushes yet.' },
  },
  de: {
    template: 'Vorlage', make: 'Unter Vorlagen anlegen',
    choose: { email: 'Vorlage für Briefe wählen', sms: 'Vorlage für SMS wählen', push: 'Vorlage für Push wählen' },
    none: { email: 'Noch gibt es keine Vorlage für Briefe.', sms: 'Noch gibt es keine Vorlage für SMS.', push: 'Noch gibt es keine Vorlage für Push.' },
  },
});

/** Which template is sent by a channel; where there is none for it, the way to write one. */
export function TemplateField({ channel, value, change }: { readonly channel: Channel; readonly value: string; readonly change: (template: string) => void }) {
  const { data: names } = useQuery(askNames());
  const isNone = names !== undefined && listOptions(channel, names, null).length === 0;
  return (
    <div>
      <NameSelect label={says.template} placeholder={says.choose[channel]} kind={channel} value={value} change={change} />
      {value === '' && isNone && <Text fz={11} c="dimmed" mt={4}>{says.none[channel]} <Anchor component={Link} to="/templates" inherit underline="always">{says.make}</Anchor></Text>}
    </div>
  );
}
