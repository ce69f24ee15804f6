import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { Empty } from '../ui/States';
import { words } from '../words/language';

const says = words({
  en: { title: 'There is no such page', more: 'Its address may be mistyped, or what it showed is gone.', home: 'To the overview' },
  de: { title: 'Diese Seite gibt es nicht', more: 'Vielleicht ist die Adresse vertippt, oder was sie zeigte, gibt es nicht mehr.', home: 'Zum Überblick' },
});

/** An address that leads to no screen. */
export function Nowhere() {
  return <Empty icon={IconMapOff} title={says.title} action={<Button component={Link} to="/" variant="default" size="xs">{says.home}</Button>}>{says.more}</Empty>;
}
