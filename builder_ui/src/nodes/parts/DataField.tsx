import { MapField } from '../../fields/MapField';
import type { NameKind } from '../../fields/names';
import { STRUCTURES, ValueField } from '../../fields/ValueField';
import { words } from '../../words/language';

const says = words({ en: { value: (name: string) => `Value of ${name}`, add: 'Add a value' }, de: { value: (name: string) => `Wert von ${name}`, add: 'Wert hinzufügen' } });

type Data = { readonly [name: string]: unknown };

/** Named values, each written down or known later. */
export function DataField({ label, description, value, change, kind, of, add = says.add }: {
  readonly label: string; readonly description?: string; readonly value: Data | undefined; readonly change: (data: Data | undefined) => void; readonly kind?: NameKind; readonly of?: string; readonly add?: string;
}) {
  return (
    <MapField<unknown> label={label} {...(description === undefined ? {} : { description })} value={value} change={change} blank="" add={add} {...(kind ? { kind } : {})} {...(of === undefined ? {} : { of })}
      entry={(name, each, keep) => <ValueField isLabelHidden label={says.value(name)} kinds={STRUCTURES} value={each} change={keep} />} />
  );
}
