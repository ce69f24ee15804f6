import { Group, Text, Title, UnstyledButton } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';

import { sayNumber, sayShare } from '../words/formats';

/** A part of the panel. */
export function Part({ title, more, children }: { readonly title: string; readonly more?: ReactNode; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Title order={3} size="xs" fw={600} c="dimmed">{title}</Title>
        {more}
      </Group>
      {children}
    </section>
  );
}

/** A number that matters; with `open` it shows whom it counts. */
export function Count({ label, value, more, open }: { readonly label: string; readonly value: string; readonly more?: string | undefined; readonly open?: (() => void) | undefined }) {
  const shown = (
    <>
      <Text size="xs" c="dimmed">{label}</Text>
      <Group gap={6} align="baseline" wrap="nowrap">
        <Text fz={20} fw={700} lh={1.3} className="numbers">{value}</Text>
        {more && <Text size="xs" c="dimmed" className="numbers">{more}</Text>}
      </Group>
    </>
  );
  return open ? <UnstyledButton onClick={open}>{shown}</UnstyledButton> : <div>{shown}</div>;
}

/** How many of how many, as a bar; with `open` it shows whom it counts. */
export function Bar({ label, n, of, whole, tone = '', open, title }: {
  readonly label: string;
  readonly n: number;
  /** What the bar is a part of. */
  readonly of: number;
  /** What the share that is said is of, if of something else. */
  readonly whole?: number;
  readonly tone?: '' | 'left' | 'kept';
  readonly open?: (() => void) | undefined;
  readonly title?: string;
}) {
  const style = { '--part': `${of > 0 ? Math.min(100, (n / of) * 100) : 0}%` } as CSSProperties;
  const shown = (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text size="sm" truncate title={title ?? label}>{label}</Text>
      <Text size="sm" className="numbers fixed" fw={600}>{sayNumber(n)} <Text span size="xs" c="dimmed">{sayShare(n, whole ?? of)}</Text></Text>
    </Group>
  );
  const className = `watched-bar ${tone}`;
  return open ? <UnstyledButton className={className} style={style} onClick={open}>{shown}</UnstyledButton> : <div className={className} style={style}>{shown}</div>;
}
