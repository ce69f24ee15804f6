import { Alert, Box, Button, Center, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { askNames } from '../fields/asks';
import { FilePicker } from '../files/FilePicker';
import { ALWAYS } from '../templates/completing';
import { Empty, Loading } from '../ui/States';
import { readPicture } from './pictures';
import { hearFrame, type Opening, type ToFrame, wrap } from './protocol';
import { says } from './words';

type Refusal = { readonly reason: string; readonly line: number };

/** The letter, to be changed where it is seen: an editor in a document of its own, which hands back the source. */
export default function VisualEditor({ source, partials, mayEdit, onChange, onSave, onCode }: {
  readonly source: string;
  readonly partials: Readonly<Record<string, string>>;
  readonly mayEdit: boolean;
  readonly onChange: (source: string) => void;
  readonly onSave: () => void;
  readonly onCode: () => void;
}) {
  const { data: names, isPending } = useQuery(askNames());
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const frame = useRef<HTMLIFrameElement>(null);
  const turn = useRef(0);
  /** What the editor holds: a source that comes from elsewhere opens it anew. */
  const held = useRef<string | null>(null);
  /** What it handed over that the page has not drawn yet: no news to it. */
  const underWay = useRef(new Set<string>());
  const [isReady, setReady] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const latest = useRef({ mayEdit, onChange, onSave });
  latest.current = { mayEdit, onChange, onSave };

  useEffect(() => {
    const hear = (event: MessageEvent) => {
      const heard = hearFrame(event, frame.current?.contentWindow ?? null, location.origin);
      if (heard === null) return;
      if (heard.kind === 'ready') {
        held.current = null;
        setReady(true);
      } else if (heard.kind === 'save') latest.current.onSave();
      else if (heard.turn !== turn.current) return;
      else if (heard.kind === 'refused') setRefusal(heard);
      else if (heard.kind === 'opened') setOpen(true);
      else if (heard.kind === 'pick') setPicking(latest.current.mayEdit);
      else if (latest.current.mayEdit) {
        held.current = heard.source;
        underWay.current.add(heard.source);
        latest.current.onChange(heard.source);
      }
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);

  useEffect(() => {
    if (held.current === source) underWay.current.clear();
    if (!isReady || isPending || held.current === source || underWay.current.has(source)) return;
    held.current = source;
    turn.current += 1;
    setRefusal(null);
    const values = [...new Set([...ALWAYS, ...(names?.attributes ?? []).map(({ name }) => `contact.${name}`)])];
    const opening: Opening = { source, partials, values, mayEdit };
    frame.current?.contentWindow?.postMessage(wrap<ToFrame>({ kind: 'open', turn: turn.current, opening }), location.origin);
  }, [isReady, isPending, names, source, partials, mayEdit]);

  const tell = (message: ToFrame) => frame.current?.contentWindow?.postMessage(wrap(message), location.origin);
  const toCode = <Button mt="xs" onClick={onCode}>{says.toCode}</Button>;
  if (!isWide) return <Box flex={1} className="visual-page"><Empty icon={IconDeviceDesktop} title={says.narrow} action={toCode}>{says.narrowMore}</Empty></Box>;
  return (
    <Box flex={1} mih={0} className="visual-page" component="section" aria-label={says.editor}>
      {refusal && (
        <Center className="visual-over">
          <Alert color="yellow" variant="light" maw={520} title={says.refusedTitle}>
            <Stack gap="xs" align="flex-start"><Text size="sm">{says.refused[refusal.reason]} {says.refusedAt(refusal.line)}</Text>{toCode}</Stack>
          </Alert>
        </Center>
      )}
      {!refusal && !isOpen && <div className="visual-over"><Loading /></div>}
      <iframe ref={frame} src="/visual.html" title={says.editor} className="visual-frame" />
      {isPicking && (
        <FilePicker pictures onClose={() => setPicking(false)} choose={(file) => {
          setPicking(false);
          tell({ kind: 'picked', turn: turn.current, picture: readPicture(file) });
        }} />
      )}
    </Box>
  );
}
