import { Stack } from '@mantine/core';

import { write } from '../../fields/write';
import { ColleagueFields } from '../parts/ColleagueFields';
import type { FormProps } from '../types';

export function NotifyForm({ node, change }: FormProps<'notify'>) {
  return (
    <Stack gap="sm">
      <ColleagueFields mayChat told={node} change={({ data, ...part }, field) => change(field === 'data' ? write(node, 'data', data) : { ...node, ...part }, field)} />
    </Stack>
  );
}
