import { Input, Textarea } from '@mantine/core';
import { lazy, Suspense, useId } from 'react';

import type { Offered } from './completing';

const WordsCode = lazy(() => import('./WordsCode'));

/** What the words of a template may read. */
export type Known = { readonly attributes: readonly string[]; readonly offered: Offered };
export type WordsProps = Known & {
  readonly value: string;
  readonly change: (value: string) => void;
  readonly mayEdit: boolean;
  /** One line alone. */
  readonly isLine?: boolean;
  /** Characters. */
  readonly most: number;
  /** Lines that are seen at least. */
  readonly rows?: number;
  readonly isRequired?: boolean;
};

/** A field for words with Jinja, which completes names as the editor of letters does. */
export function WordsField({ label, description, ...props }: WordsProps & { readonly label: string; readonly description?: string }) {
  const id = useId();
  const focus = () => document.getElementById(id)?.querySelector<HTMLElement>('.cm-content')?.focus();
  return (
    <Input.Wrapper label={label} labelElement="div" labelProps={{ id: `${id}-label`, onClick: focus }} description={description} descriptionProps={{ id: `${id}-more` }} withAsterisk={props.isRequired} inputContainer={(field) => <div id={id} className="words-field">{field}</div>}>
      <Suspense fallback={<Textarea value={props.value} readOnly aria-label={label} rows={props.rows ?? 1} />}>
        <WordsCode labelledBy={`${id}-label`} {...(description ? { describedBy: `${id}-more` } : {})} {...props} />
      </Suspense>
    </Input.Wrapper>
  );
}
