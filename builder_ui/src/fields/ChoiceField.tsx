import { Select, SegmentedControl, Input, Switch } from '@mantine/core';

type Choices<Value extends string> = readonly { readonly value: Value; readonly label: string }[];

/** One of a few. */
export function ChoiceField<Value extends string>({ label, description, value, change, choices, isLabelHidden = false }: {
  readonly label: string; readonly description?: string; readonly value: Value; readonly change: (value: Value) => void; readonly choices: Choices<Value>; readonly isLabelHidden?: boolean;
}) {
  return (
    <Select size="xs" {...(isLabelHidden ? { 'aria-label': label } : { label, description })} allowDeselect={false} value={value} data={[...choices]}
      onChange={(next) => next !== null && change(next as Value)} />
  );
}

/** One of two or three, all of them seen. */
export function SwitchField<Value extends string>({ label, description, value, change, choices }: {
  readonly label: string; readonly description?: string; readonly value: Value; readonly change: (value: Value) => void; readonly choices: Choices<Value>;
}) {
  return (
    <Input.Wrapper size="xs" label={label} description={description} labelElement="div">
      <SegmentedControl size="xs" fullWidth mt={description ? 6 : 2} aria-label={label} value={value} data={[...choices]} onChange={(next) => change(next as Value)} />
    </Input.Wrapper>
  );
}

/** Yes or no; what is usual is not written down. */
export function YesNoField({ label, description, value, change }: {
  readonly label: string; readonly description?: string; readonly value: boolean | undefined; readonly change: (value: boolean | undefined) => void;
}) {
  return <Switch size="xs" label={label} description={description} checked={value ?? false} onChange={({ currentTarget }) => change(currentTarget.checked ? true : undefined)} />;
}
