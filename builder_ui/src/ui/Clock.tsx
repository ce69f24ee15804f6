import { Button, Group, Menu, Text, TextInput } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { type FormEvent } from 'react';

import { answer, api } from '../api/client';
import { askClock } from '../session/asks';
import { locale, words } from '../words/language';
import { untilMorning } from './morning';

const says = words({
  en: { hour: '1 hour ahead', day: '1 day ahead', morning: 'Next working day, 09:00', month: '30 days ahead', clock: 'The instance’s clock', pass: 'Let time pass', days: 'Days', ahead: 'days ahead' },
  de: { hour: '1 Stunde weiter', day: '1 Tag weiter', morning: 'Nächster Werktag, 09:00', month: '30 Tage weiter', clock: 'Die Uhr der Instanz', pass: 'Zeit vergehen lassen', days: 'Tage', ahead: 'Tage weiter' },
});

const INSTANT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
const STEPS = [
  { label: says.hour, by: () => 'PT1H' },
  { label: says.day, by: () => 'P1D' },
  { label: says.morning, by: untilMorning },
  { label: says.month, by: () => 'P30D' },
] as const;

/** The instance's own clock, and how to move it ahead. */
export function Clock() {
  const queries = useQueryClient();
  const { data } = useQuery(askClock());
  const move = useMutation({
    mutationFn: (by: string) => answer(api.POST('/api/v1/clock/advance', { body: { by } })),
    onSuccess: () => queries.invalidateQueries(),
  });
  const now = data ? new Date(data.now) : null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="xs" loading={move.isPending} leftSection={<IconClockPlay size={16} className="clock-icon" />} className="clock" aria-label={says.clock}>
          {([['clock-wide', { ...INSTANT, weekday: 'short' }], ['clock-narrow', { ...INSTANT, hourCycle: 'h23' }]] as const).map(([look, parts]) => (
            <span key={look} className={`numbers ${look}`}>{now ? now.toLocaleString(locale, parts) : '…'}</span>
          ))}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{says.pass}</Menu.Label>
        {STEPS.map(({ label, by }) => (
          <Menu.Item key={label} onClick={() => move.mutate(by(now ?? new Date()))}>{label}</Menu.Item>
        ))}
        <Menu.Divider />
        <form onSubmit={(event) => move.mutate(readDays(event))}>
          <Group gap={6} px="sm" py={6} wrap="nowrap">
            <TextInput name="days" type="number" aria-label={says.days} size="xs" w={64} min={1} max={365} defaultValue={7} required />
            <Button type="submit" size="xs" variant="light">{says.ahead}</Button>
          </Group>
        </form>
        {move.error && <Text size="xs" c="red" px="sm">{move.error.message}</Text>}
      </Menu.Dropdown>
    </Menu>
  );
}

function readDays(event: FormEvent<HTMLFormElement>): string {
  event.preventDefault();
  return `P${Number.parseInt(String(new FormData(event.currentTarget).get('days')), 10) || 1}D`;
}
