import { Alert, Code, Group, JsonInput, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import { sayNumber } from '../words/formats';
import type { Channel, Preview, Reader } from './asks';
import { Notification } from './Notification';
import { PartsSpread } from './PartsSpread';
import { nameSign } from './partsSpread';
import { ReaderField } from './ReaderField';
import { says } from './words';

const NOTHING = {};
type Look = 'desktop' | 'phone' | 'dark' | 'text';

/** The letter as somebody gets it: on a desk, on a phone, in the dark, as plain text. */
export function PreviewPane({ channel, preview, isMaking, error, reader, onReader, hasWrongData, source = '', data = NOTHING }: {
  readonly channel: Channel;
  readonly preview: Preview | undefined;
  readonly isMaking: boolean;
  readonly error: Error | null;
  readonly reader: Reader;
  readonly onReader: (reader: Reader) => void;
  readonly hasWrongData: boolean;
  /** Of a text: what is counted for the people whom it will reach. */
  readonly source?: string;
  readonly data?: Record<string, unknown>;
}) {
  const [look, setLook] = useState<Look>('desktop');
  return (
    <Stack gap="sm" p="sm" h="100%" mih={0}>
      <Group gap="sm" grow align="flex-start">
        <ReaderField value={reader.contact} onChange={(contact) => onReader({ ...reader, contact })} />
        <JsonInput size="xs" label={says.data} value={reader.data} onChange={(data) => onReader({ ...reader, data })} autosize minRows={1} maxRows={6} error={hasWrongData ? says.dataWrong : null} />
      </Group>
      {error && <Alert color="red" variant="light" p="xs">{error.message}</Alert>}
      {preview?.problem && <Alert color="orange" variant="light" p="xs" title={says.wouldFail}><Text size="sm">{preview.problem}</Text></Alert>}
      {preview && preview.findings.length > 0 && (
        <Stack gap={2} component="ul" className="plain findings" aria-label={says.findings} tabIndex={0}>
          {preview.findings.map(({ line, words, is_error }, place) => <Text key={place} component="li" size="xs"><Text span inherit fw={600} c={is_error ? 'red' : 'dimmed'}>{says.line(line)}</Text> {words}</Text>)}
        </Stack>
      )}
      {channel === 'email' && (
        <Group justify="space-between" wrap="wrap">
          <SegmentedControl size="xs" value={look} onChange={(value) => setLook(value as Look)} aria-label={says.previewAs}
            data={[{ value: 'desktop', label: says.desktop }, { value: 'phone', label: says.phone }, { value: 'dark', label: says.dark }, { value: 'text', label: says.text }]} />
          <Group gap="xs">{isMaking && <Loader size={14} role="status" aria-label={says.loading} />}{preview && preview.size > 0 && <Text size="xs" c="dimmed">{says.size(sayNumber(Math.round(preview.size / 1000)))}</Text>}</Group>
        </Group>
      )}
      {channel === 'push' && preview?.push ? <><Notification push={preview.push} /><Text size="xs" c="dimmed" role="status">{says.signs(sayNumber([...preview.push.title].length), sayNumber([...preview.push.body].length))}</Text></> : !preview || (!preview.text && !preview.page) ? <Text size="sm" c="dimmed">{says.nothing}</Text> : channel === 'sms' ? <PhoneText preview={preview} source={source} data={data} /> : (
        <>
          {preview.sender && <Text size="sm" className="wrapped"><Text span inherit c="dimmed">{says.from}: </Text>{preview.sender}{preview.reply_to && <Text span inherit c="dimmed"> · {says.answers(preview.reply_to)}</Text>}</Text>}
          <Text size="sm"><Text span inherit c="dimmed">{says.subject}: </Text><Text span inherit fw={600}>{preview.subject}</Text></Text>
          {look === 'text' || !preview.page ? <Code block className="plain-letter" tabIndex={0}>{preview.text}</Code> : (
            <div className={`letter-look ${look}`}><iframe key={`${preview.page}${look}`} sandbox="" src={preview.page} title={says.letter} /></div>
          )}
        </>
      )}
    </Stack>
  );
}

function PhoneText({ preview, source, data }: { readonly preview: Preview; readonly source: string; readonly data: Record<string, unknown> }) {
  return (
    <Stack gap="xs" align="flex-start">
      <div className="bubble">{preview.text.trim()}</div>
      {preview.parts && <Text size="xs" c="dimmed" role="status">{says.parts(preview.parts.count, preview.parts.used, preview.parts.encoding)}</Text>}
      {preview.parts?.costly && <Text size="xs" c="dimmed">{says.costly(nameSign(preview.parts.costly))}</Text>}
      <Text size="xs" fw={600} c="dimmed" mt="sm">{says.spread}</Text>
      <PartsSpread source={source} data={data} />
    </Stack>
  );
}
