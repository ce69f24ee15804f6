import { Button, Input } from '@mantine/core';
import { IconFilter, IconFilterOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import { Small } from '../fields/DurationField';
import { NameSelect, useOptions } from '../fields/NameSelect';
import { listKinds } from '../fields/names';
import { write } from '../fields/write';
import type { Where } from '../generated/journey';
import { blankLeaf, isPath } from './edit';
import { GroupEditor } from './GroupEditor';
import { LeafCard } from './LeafCard';
import { OperandField } from './OperandField';
import { says } from './says';
import { useUnfinished } from './useUnfinished';

/** Which events count, by their properties. */
export function WhereField({ event, value, change }: { readonly event: string; readonly value: Where | null | undefined; readonly change: (where: Where | undefined) => void }) {
  const [isOpen, setOpen] = useState(false);
  const where = value ?? null;
  if (where === null && !isOpen) {
    return <Button size="compact-xs" variant="subtle" leftSection={<IconFilter size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>{says.addFilter}</Button>;
  }
  const clear = () => { setOpen(false); change(undefined); };
  return (
    <Input.Wrapper size="xs" labelElement="div" role="group" aria-label={says.filter}
      label={<span className="labelled">{says.filter}<Small label={says.removeFilter} onClick={clear}><IconFilterOff size={14} /></Small></span>}>
      <GroupEditor<Where> rule={where} change={(next) => (next === null ? clear() : change(next))} depth={1}
        leaf={(leaf, keep, menu) => <PropertyLeaf event={event} leaf={leaf} change={keep} menu={menu} />} />
    </Input.Wrapper>
  );
}

function PropertyLeaf({ event, leaf: given, change, menu }: { readonly event: string; readonly leaf: Where | null; readonly change: (leaf: Where) => void; readonly menu: ReactNode }) {
  const { leaf, set, isKept } = useUnfinished(given, blankLeaf('property'), change);
  const options = useOptions('property', event);
  const name = String(leaf['property']);
  return (
    <LeafCard head={<NameSelect isLabelHidden kind="property" of={event} label={says.names.property} placeholder={says.names.property} value={name} check={(text) => (text === '' || isPath(text) ? null : says.notYet)} change={(next) => set(write(leaf, 'property', next))} />} menu={menu} isKept={isKept}>
      <OperandField leaf={leaf} change={set} asked="property" kinds={listKinds(options, name)} />
    </LeafCard>
  );
}
