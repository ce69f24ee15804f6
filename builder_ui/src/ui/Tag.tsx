import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

export type TagColor = 'green' | 'gray' | 'orange' | 'red' | 'yellow' | 'indigo' | 'cyan' | 'violet' | 'grape' | 'teal';

/** A word in a colour that both themes show with enough contrast. */
export function Tag({ color = 'gray', children }: { readonly color?: TagColor; readonly children: ReactNode }) {
  return <Badge color={color} variant="light" c={colorText(color)} tt="none">{children}</Badge>;
}

/** The colour of text on a light ground of this colour; the stock shades are too faint for WCAG AA there. */
export function colorText(color: string): string {
  return `light-dark(color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black), var(--mantine-color-${color}-3))`;
}
