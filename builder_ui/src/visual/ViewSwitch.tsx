import { SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';

import { says } from './words';

/** Whether a letter is written where it is seen, and a way to say so: a part of the address. */
export function useVisual(): readonly [boolean, (isVisual: boolean) => void] {
  const { view } = useSearch({ from: '/templates/$key' });
  const navigate = useNavigate({ from: '/templates/$key' });
  return [view === 'visual', (isVisual) => void navigate({ search: isVisual ? { view: 'visual' } : {}, replace: true })];
}

/** As code beside its preview, or where it is seen. */
export function ViewSwitch() {
  const [isVisual, show] = useVisual();
  return <SegmentedControl size="xs" aria-label={says.view} value={isVisual ? 'visual' : 'code'} onChange={(value) => show(value === 'visual')} data={[{ value: 'code', label: says.code }, { value: 'visual', label: says.visual }]} />;
}
