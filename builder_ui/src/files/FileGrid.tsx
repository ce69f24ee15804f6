import { SimpleGrid, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconCalendarEvent, IconFileText, IconFileTypePdf } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { sayNumber } from '../words/formats';
import type { FileShown } from './asks';
import { findHere, saySize } from './files';
import { says } from './words';

const ICONS: Readonly<Record<string, typeof IconFileText>> = { 'application/pdf': IconFileTypePdf, 'text/calendar': IconCalendarEvent };

/** Files as cards; chosen by a press where there is something to choose them for. */
export function FileGrid({ files, choose, actions }: {
  readonly files: readonly FileShown[];
  readonly choose?: (file: FileShown) => void;
  readonly actions?: (file: FileShown) => ReactNode;
}) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: choose ? 4 : 5 }} spacing="sm" component="ul" className="plain">
      {files.map((file) => (
        <li key={file.digest} className="file-card">
          {choose ? <UnstyledButton className="file-look" onClick={() => choose(file)} aria-label={says.take(file.name)}><Look file={file} /></UnstyledButton> : <div className="file-look"><Look file={file} /></div>}
          <Stack gap={2} p="xs">
            <Text size="sm" fw={500} lineClamp={1} title={file.name}>{file.name}</Text>
            <Text size="xs" c="dimmed">{file.width !== null && file.height !== null ? `${says.pixels(sayNumber(file.width), sayNumber(file.height))} · ` : ''}{saySize(file.size)}</Text>
            {actions?.(file)}
          </Stack>
        </li>
      ))}
    </SimpleGrid>
  );
}

function Look({ file }: { readonly file: FileShown }) {
  if (file.is_picture) return <img src={findHere(file)} alt="" loading="lazy" />;
  const Picture = ICONS[file.media_type] ?? IconFileText;
  return <ThemeIcon variant="light" color="gray" size={56} radius="md"><Picture size={28} /></ThemeIcon>;
}
