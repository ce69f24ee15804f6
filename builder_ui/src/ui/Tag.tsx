import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

export type TagColor = 'green' | 'gray' | 'orange' | 'red' | 'yellow' | 'indigo' | 'cyan' | 'violet' | 'grape' | 'teal';

/** A word in a colour that both themes show with enough contrast. */
export function Tag({ color = 'gray', children }: { readonly color?: TagColor; readonly children: ReactNode }) {
  return <Badge color={color} variant="light" c={colorText(color)} tt="none">{children}</Badge>;
}

/** The colour of text on a light ground of this colour. */
export function colorText(color: string): string {
  return color === 'yellow' ? 'light-dark(#7a4b00, var(--mantine-color-yellow-3))' : `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`;
}
