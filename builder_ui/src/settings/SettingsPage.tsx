import { NativeSelect, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';

import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { chooseLanguage, language, type Language, LANGUAGES } from '../words/language';
import { Keys } from './Keys';
import { NoticesByMail } from './NoticesByMail';
import { SettingsFrame } from './SettingsFrame';
import { Users } from './Users';
import { says } from './words';

/** Who may log in, which keys there are, and how it looks to whoever reads this. */
export function SettingsPage() {
  const mayUsers = useMay('users:manage');
  const mayKeys = useMay('keys:manage');
  const mayAll = useMay('settings:manage');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SettingsFrame more={says.more}>
      <Stack>
        <Card title={says.look}>
          <NativeSelect label={says.language} value={language} maw={280} onChange={(event) => chooseLanguage(event.currentTarget.value as Language)} data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
          <Text size="sm" fw={500} id="colours">{says.colours}</Text>
          <SegmentedControl aria-labelledby="colours" size="sm" maw={360} value={colorScheme} onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')} data={[{ value: 'light', label: says.light }, { value: 'dark', label: says.dark }, { value: 'auto', label: says.auto }]} />
        </Card>
        {mayAll && <NoticesByMail />}
        {mayUsers && <Users />}
        {mayKeys && <Keys />}
      </Stack>
    </SettingsFrame>
  );
}
