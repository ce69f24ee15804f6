import './editing.css';

import { Box, Drawer, ScrollArea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';

import type { Draft, DraftView } from '../drafts/draft';
import { Inspector } from '../inspector/Inspector';
import { Opening } from '../ui/Opening';
import { Loading } from '../ui/States';
import { Careful } from './Careful';
import { listCommands } from './commands';
import { EditorContext } from './context';
import { Dialogs } from './Dialogs';
import { EditorCanvas } from './EditorCanvas';
import { Palette } from './Palette';
import { useProblems } from './problems';
import { Several } from './Several';
import { Toolbar } from './Toolbar';
import { focusCard, useEditing } from './useEditing';
import { useKeys } from './useKeys';
import { says } from './words';

const JsonPane = lazy(() => import('./JsonPane'));
const NARROW = '(max-width: 48em)';

/** The editor: what can be added, the canvas, and what is chosen on it. */
export function EditorScreen({ draft, view, live, mayWrite, first }: {
  readonly draft: Draft;
  readonly view: DraftView;
  readonly live: number | null;
  readonly mayWrite: boolean;
  /** The step that is shown as soon as it is drawn, or whenever it is asked for anew. */
  readonly first: string | null;
}) {
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  // Fingers on a small screen read, unless somebody says that they mean to draw.
  const [drawsAnyway, setDrawsAnyway] = useState(false);
  const mayEdit = mayWrite && (!isNarrow || drawsAnyway);
  const editing = useEditing({ draft, view, mayEdit });
  const { journey, chosen, only, keys, choose, edit, closeField, add, after, pick, isJson, doings, show } = editing;
  const checked = useProblems(journey);
  useEffect(() => {
    if (first === null) return undefined;
    const timer = setTimeout(() => show(first), 120); // drawn and fitted by then
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for once, not whenever the drawing changes
  }, [first]);
  const commands = listCommands(doings);
  useKeys(commands, doings, (node) => {
    choose(new Set([node]));
    if (!isNarrow) requestAnimationFrame(focusInspector);
  }, () => {
    if (only === null || !focusCard(only)) (document.activeElement as HTMLElement | null)?.blur();
  });

  const editor = useMemo(() => ({ mayEdit, pick }), [mayEdit, pick]);
  const editIfAllowed = useCallback<typeof edit>((given) => mayWrite && edit(given), [edit, mayWrite]);
  const details = chosen.size > 1
    ? <Several journey={journey} keys={keys} doings={doings} />
    : <fieldset className="bare" disabled={!mayWrite}><Careful key={only ?? ''} fallback={says.notShown}><Inspector journey={journey} chosen={only} edit={editIfAllowed} closeField={closeField} problems={checked.problems} choose={(key) => choose(new Set([key]))} /></Careful></fieldset>;
  return (
    <EditorContext value={editor}>
      <Toolbar draft={view} checked={checked} doings={doings} isJson={isJson} mayWrite={mayWrite} drawAnyway={isNarrow && mayWrite && !drawsAnyway ? () => setDrawsAnyway(true) : null} />
      <Box flex={1} mih={0} className="editing" onFocus={(event) => {
        // On a small screen the details cover the canvas, so that focus alone must not bring them up.
        if (isNarrow) return;
        const id = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        if (id !== undefined && event.target.matches('.react-flow__node:focus-visible') && !chosen.has(id)) choose(new Set([id]));
      }}>
        {mayEdit && <Palette onAdd={(kind) => add(kind, after())} />}
        <Box flex={1} miw={0} mih={0} pos="relative">
          <EditorCanvas editing={editing} problems={checked.byNode} mayEdit={mayEdit} isNarrow={isNarrow} />
        </Box>
        {isJson ? (
          <Box component="aside" aria-label={says.json} className="beside-canvas wide">
            <Suspense fallback={<Loading />}><JsonPane journey={journey} problems={checked.problems} mayEdit={mayWrite} edit={edit} closeField={closeField} /></Suspense>
          </Box>
        ) : isNarrow ? (
          <Drawer opened={only !== null} onClose={doings.chooseNothing} position="bottom" size="62%" title={says.details} attributes={{ header: { role: 'none' }, content: { 'data-leaving': only === null || undefined } }} closeButtonProps={{ 'aria-label': says.close }} lockScroll={false}><div id="inspector" onBlur={closeField}>{details}</div></Drawer>
        ) : (
          <ScrollArea component="aside" id="inspector" aria-label={says.details} className="beside-canvas" viewportProps={{ tabIndex: 0 }}><Box p="md" onBlur={closeField}>{details}</Box></ScrollArea>
        )}
      </Box>
      {editing.open !== null && <Opening />}
      <Dialogs editing={editing} commands={commands} checked={checked} live={live} />
    </EditorContext>
  );
}

function focusInspector(): void {
  document.querySelector<HTMLElement>('#inspector input, #inspector textarea, #inspector select, #inspector button')?.focus();
}
