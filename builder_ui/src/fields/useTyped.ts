import { useState } from 'react';

/** What is typed in a field, until the value changes from elsewhere: a text that cannot be kept yet stays on the screen. */
export function useTyped(value: string): readonly [string, (text: string, kept?: string) => void] {
  const [typed, setTyped] = useState({ value, text: value });
  const text = typed.value === value ? typed.text : value;
  return [text, (next, kept = value) => setTyped({ value: kept, text: next })];
}
