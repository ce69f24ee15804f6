import { Alert, Button, Code, FileButton, Group, List, Modal, NumberInput, Progress, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { sayNumber } from '../words/formats';
import { bringCodes, generateCodes } from './asks';
import { type Added, readCodes } from './bringing';
import { says } from './words';

type Way = 'paste' | 'file' | 'generate';
type Chosen = { readonly name: string; readonly codes: readonly string[] };

/** Brings codes into a pool: pasted, from a file, or made up. */
export function AddCodes({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [way, choose] = useState<Way>('paste');
  const [text, setText] = useState('');
  const [file, setFile] = useState<Chosen | null>(null);
  const [pattern, setPattern] = useState(`${name.slice(0, 12).toUpperCase()}-########`);
  const [count, setCount] = useState(1000);
  const [sent, tell] = useState(0);
  const codes = way === 'paste' ? readCodes(text) : (file?.codes ?? []);
  const total = way === 'generate' ? count : codes.length;
  const isTooMany = total > MOST;
  const add = useMutation({
    mutationFn: async (): Promise<Added> => {
      tell(0);
      if (way !== 'generate') return bringCodes(name, codes, tell);
      const made = await generateCodes(name, pattern.trim(), count);
      return { added: made.count, doubled: 0, refused: 0, doubles: [], flaws: [] };
    },
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['coupon-pools'] }), queries.invalidateQueries({ queryKey: ['coupon-codes', name] })]),
  });
  const read = async (given: File | null) => setFile(given && { name: given.name, codes: readCodes(await given.text()) });
  return (
    <Modal opened onClose={onClose} title={says.addCodes} closeOnClickOutside={!add.isPending} closeButtonProps={{ 'aria-label': says.close }}>
      {add.data ? <Came added={add.data} onClose={onClose} /> : (
        <form onSubmit={(event) => { event.preventDefault(); if (total > 0 && !isTooMany) add.mutate(); }}>
          <Stack>
            <SegmentedControl aria-label={says.how} value={way} onChange={(next) => choose(next as Way)} data={(['paste', 'file', 'generate'] as const).map((value) => ({ value, label: says[value] }))} />
            {way === 'paste' && <Textarea label={says.codes} description={says.codesMore} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} autosize minRows={5} maxRows={12} classNames={{ input: 'mono' }} data-autofocus />}
            {way === 'file' && (
              <Group gap="sm">
                <FileButton onChange={(given) => void read(given)} accept=".csv,.txt,text/csv,text/plain">{(props) => <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>{says.choose}</Button>}</FileButton>
                <Text size="sm" c="dimmed" role="status" className="wrapped">{file ? says.chosen(file.name, sayNumber(file.codes.length)) : says.noFile}</Text>
              </Group>
            )}
            {way === 'generate' && (
              <>
                <TextInput label={says.pattern} description={says.patternMore} value={pattern} onChange={({ currentTarget }) => setPattern(currentTarget.value)} maxLength={64} classNames={{ input: 'mono' }} />
                <NumberInput label={says.count} value={count} onChange={(next) => setCount(typeof next === 'number' ? next : 0)} min={1} max={MOST} allowDecimal={false} allowNegative={false} thousandSeparator="," />
              </>
            )}
            {isTooMany && <Text size="sm" c="red">{says.most}</Text>}
            {add.isPending && way !== 'generate' && <><Progress value={(100 * sent) / Math.max(total, 1)} animated aria-label={says.addCodes} /><Text size="xs" c="dimmed" role="status">{says.soFar(sayNumber(sent), sayNumber(total))}</Text></>}
            {add.error && <Alert color="red" variant="light"><Text size="sm">{add.error.message}</Text></Alert>}
            <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={add.isPending} disabled={total === 0 || isTooMany}>{total > 0 ? says.add(sayNumber(total)) : says.addNone}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

const MOST = 100_000;
const NAMED = 8;

/** What came of codes that were brought in. */
function Came({ added: { added, doubled, refused, doubles, flaws }, onClose }: { readonly added: Added; readonly onClose: () => void }) {
  return (
    <Stack>
      <Alert color={added > 0 ? 'green' : 'yellow'} variant="light" role="status" title={says.added(sayNumber(added))}>
        {doubled > 0 && <Text size="sm">{says.doubled(sayNumber(doubled))} {doubles.slice(0, NAMED).map((code) => <Code key={code} mx={3}>{code}</Code>)}{doubled > NAMED && '…'}</Text>}
        {refused > 0 && <><Text size="sm">{says.refused(sayNumber(refused))}</Text><List size="sm">{flaws.slice(0, NAMED).map(({ code, why }, place) => <List.Item key={`${place}/${code}`}><Code>{code}</Code> {why}</List.Item>)}</List></>}
      </Alert>
      <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{says.done}</Button></Group>
    </Stack>
  );
}
