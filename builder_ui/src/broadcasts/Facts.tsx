import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What is so, each with its name. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => <div key={label}><Text component="dt" size="sm" c="dimmed">{label}</Text><Text component="dd" size="sm" className="wrapped">{value}</Text></div>)}
    </dl>
  );
}
