import { Code, Group, Table, Tabs, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';

import { words } from '../words/language';

const says = words({
  en: { letter: 'Letter', plain: 'Text', headers: 'Headers', empty: '(empty)', files: 'Went with it:' },
  de: { letter: 'Brief', plain: 'Text', headers: 'Kopfzeilen', empty: '(leer)', files: 'Ging mit:' },
});

/** A letter, text or call word for word; its HTML comes from `page`, an address under whose policy it may do nothing. */
export function LetterView({ subject, text, headers, page, files = [] }: {
  readonly subject: string;
  readonly text: string;
  readonly headers: readonly (readonly string[])[];
  readonly page: string | null;
  /** Names of what went with it. */
  readonly files?: readonly string[];
}) {
  return (
    <Tabs defaultValue={page ? 'letter' : 'text'}>
      {files.length > 0 && <Group gap={6} mb="xs" wrap="nowrap" align="flex-start"><IconPaperclip size={16} /><Text size="sm" className="wrapped"><Text span inherit c="dimmed">{says.files} </Text>{files.join(', ')}</Text></Group>}
      <Tabs.List mb="sm">
        {page && <Tabs.Tab value="letter">{says.letter}</Tabs.Tab>}
        <Tabs.Tab value="text">{says.plain}</Tabs.Tab>
        {headers.length > 0 && <Tabs.Tab value="headers">{says.headers}</Tabs.Tab>}
      </Tabs.List>
      {page && <Tabs.Panel value="letter"><iframe className="letter" sandbox="" src={page} title={subject} /></Tabs.Panel>}
      <Tabs.Panel value="text"><Code block style={{ whiteSpace: 'pre-wrap' }} tabIndex={0}>{text || says.empty}</Code></Tabs.Panel>
      <Tabs.Panel value="headers">
        <Table fz="xs"><Table.Tbody>{headers.map(([name, value], place) => <Table.Tr key={place}><Table.Td fw={600}>{name}</Table.Td><Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td></Table.Tr>)}</Table.Tbody></Table>
      </Tabs.Panel>
    </Tabs>
  );
}
