import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';

import { useFieldScope } from './scope';

type Props = {
  readonly label?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: number | undefined;
  /** Undefined where the field was emptied; fields that need a number are not told of that. */
  readonly change: (n: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly isWhole?: boolean;
  readonly isOptional?: boolean;
  readonly suffix?: string;
  readonly leftSection?: ReactNode;
  readonly w?: number | string;
  readonly 'aria-label'?: string;
};

export function NumberField({ value, change, isWhole = true, isOptional = false, min, max, ...rest }: Props) {
  const { closeField } = useFieldScope();
  return (
    <NumberInput size="xs" {...rest} value={value ?? ''} allowDecimal={!isWhole} clampBehavior="strict" hideControls onBlur={closeField}
      {...(min === undefined ? {} : { min, allowNegative: min < 0 })} {...(max === undefined ? {} : { max })}
      onChange={(next) => {
        if (typeof next === 'number') change(next);
        else if (next === '' && isOptional) change(undefined);
      }} />
  );
}
