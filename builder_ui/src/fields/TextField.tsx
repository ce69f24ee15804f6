import { Textarea, TextInput, type TextInputProps } from '@mantine/core';

import { useFieldScope } from './scope';
import { useTyped } from './useTyped';

type Props = {
  readonly label?: string;
  readonly description?: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly change: (text: string) => void;
  /** What is wrong with a text, which is then not kept; null if nothing is. */
  readonly check?: ((text: string) => string | null) | undefined;
  /** How a text that is kept comes back as the value, where that is not as it was typed. */
  readonly normal?: (text: string) => string;
  readonly rows?: number;
  readonly isCode?: boolean;
  readonly isRequired?: boolean;
  readonly rightSection?: TextInputProps['rightSection'];
  readonly 'aria-label'?: string;
};

/** A text, kept with each character unless something is wrong with it. */
export function TextField({ value, change, check, normal, rows, isCode = false, isRequired = false, ...rest }: Props) {
  const { closeField } = useFieldScope();
  const [text, type] = useTyped(value);
  const wrong = check?.(text) ?? null;
  const shared = {
    ...rest,
    size: 'xs' as const,
    value: text,
    error: text === value ? null : wrong,
    withAsterisk: isRequired,
    onBlur: closeField,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const next = event.currentTarget.value;
      const isGood = (check?.(next) ?? null) === null;
      type(next, isGood ? (normal?.(next) ?? next) : value);
      if (isGood && next !== value) change(next);
    },
    ...(isCode ? { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)' } } } : {}),
  };
  return rows === undefined ? <TextInput {...shared} /> : <Textarea {...shared} autosize minRows={rows} maxRows={14} />;
}
