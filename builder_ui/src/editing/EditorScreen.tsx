import { Box, Drawer, ScrollArea } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';

import type { Draft, DraftView } from '../drafts/draft';
import { readClip } from '../graph/edit/clipboard';
import { type EditStep, steps } from '../graph/edit/steps';
import { readPlaces } from '../graph/edit/places';
import { HEIGHT, listLines, WIDTH } from '../graph/flow';
import { findNode, listNodes, TRIGGER } from '../graph/paths';
import { Inspector } from '../inspector/Inspector';
import { describeNode } from '../nodes/registry';
import type { Kind } from '../nodes/types';
import { Chooser } from '../ui/Chooser';
import { Loading } from '../ui/States';
import { tellDone, tellFailure } from '../ui/tell';
import { addStep, type Target, wayAfter } from './adding';
import { isMac, listCommands, sayKeys } from './commands';
import { EditorContext } from './context';
import { EditorCanvas } from './EditorCanvas';
import { HistoryView } from './HistoryView';
import { KindPicker } from './KindPicker';
import { Palette } from './Palette';
import { ProblemList } from './ProblemList';
import { useProblems } from './problems';
import { type Direction, keepChosen, readOnly, step } from './selection';
import { Shortcuts } from './Shortcuts';
import { Toolbar } from './Toolbar';
import { useClipboard } from './useClipboard';
import { says } from './words';

const JsonPane = lazy(() => import('./JsonPane'));
const NUDGE = 16;
const AWAY: Readonly<Record<Direction, readonly [number, number]>> = { up: [0, -NUDGE], down: [0, NUDGE], left: [-NUDGE, 0], right: [NUDGE, 0] };
const NOTHING: ReadonlySet<string> = new Set();

type Open = { readonly what: 'find' | 'commands' | 'shortcuts' | 'problems' | 'history' } | { readonly what: 'kind'; readonly target: Target; readonly label: string };

/** The editor: what can be added, the canvas, and what is chosen on it. */
export function EditorScreen({ draft, view, live, mayEdit, first }: {
  readonly draft: Draft;
  readonly view: DraftView;
  readonly live: number | null;
  readonly mayEdit: boolean;
  /** The step that is shown as soon as it is drawn, or whenever it is asked for anew. */
  readonly first: string | null;
}) {
  const { journey } = view;
  const flow = useReactFlow();
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  const checked = useProblems(journey);
  const [selection, setSelection] = useState<ReadonlySet<string>>(NOTHING);
  const [line, chooseLine] = useState<string | null>(null);
  const [isJson, setJson] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const chosen = useMemo(() => keepChosen(journey, selection), [journey, selection]);
  const only = readOnly(chosen);
  const keys = [...chosen].filter((id) => id !== TRIGGER);

  const choose = useCallback((ids: ReadonlySet<string>) => {
    setSelection(ids);
    if (ids.size > 0) chooseLine(null);
  }, []);
  const edit = useCallback((given: EditStep) => {
    try {
      draft.edit(given);
    } catch (error) {
      tellFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }, [draft]);
  const closeField = useCallback(() => draft.closeField(), [draft]);
  const show = (id: string) => {
    choose(new Set([id]));
    const drawn = flow.getNode(id);
    if (drawn) void flow.setCenter(drawn.position.x + WIDTH / 2, drawn.position.y + HEIGHT / 2, { zoom: Math.max(0.7, flow.getZoom()), duration: 200 });
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
  };
  useEffect(() => {
    if (first === null) return undefined;
    const timer = setTimeout(() => show(first), 120); // drawn and fitted by then
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked for once, not whenever the drawing changes
  }, [first]);
  const add = (kind: Kind, target: Target) => {
    const { step: adding, key } = addStep(draft.read().journey, kind, target);
    edit(adding);
    setOpen(null);
    setTimeout(() => show(key), 30); // drawn by then
  };
  const after = (): Target => {
    const way = wayAfter(journey, only);
    return way ? { way } : null;
  };
  const paste = (text: string) => {
    const clip = readClip(text);
    if (!clip) return;
    const before = new Set(Object.keys(draft.read().journey.nodes ?? {}));
    edit(steps.paste(clip));
    choose(new Set(listNodes(draft.read().journey).map(([key]) => key).filter((key) => !before.has(key))));
  };
  const clipboard = useClipboard({ journey, keys, mayEdit, onCut: () => edit(steps.remove(keys)), onPaste: paste });
  const remove = () => {
    if (keys.length > 0) edit(steps.remove(keys));
    const way = listLines(journey).find(({ id }) => id === line);
    if (keys.length === 0 && way) edit(steps.disconnect({ node: way.from, at: way.at }));
  };
  const doings = {
    mayEdit,
    undo: () => draft.undo(),
    redo: () => draft.redo(),
    add: () => {
      if (only !== null && only !== TRIGGER && wayAfter(journey, only) === null) tellDone(says.noWay);
      else setOpen({ what: 'kind', target: after(), label: '' });
    },
    find: () => setOpen({ what: 'find' }),
    remove,
    duplicate: () => keys.length > 0 && edit(steps.duplicate(keys)),
    ...clipboard,
    chooseAll: () => choose(new Set(listNodes(journey).map(([key]) => key))),
    chooseNothing: () => {
      choose(NOTHING);
      chooseLine(null);
    },
    tidyUp: () => {
      edit(steps.tidyUp());
      setTimeout(() => void flow.fitView({ padding: 0.15, maxZoom: 1, duration: 200 }), 30);
    },
    fit: () => void flow.fitView({ padding: 0.15, maxZoom: 1, duration: 200 }),
    zoomIn: () => void flow.zoomIn({ duration: 100 }),
    zoomOut: () => void flow.zoomOut({ duration: 100 }),
    toggleJson: () => {
      setJson((is) => !is);
      setTimeout(() => void flow.fitView({ padding: 0.15, maxZoom: 1, duration: 200 }), 60);
    },
    openHistory: () => setOpen({ what: 'history' }),
    openProblems: () => setOpen({ what: 'problems' }),
    openCommands: () => setOpen({ what: 'commands' }),
    openShortcuts: () => setOpen({ what: 'shortcuts' }),
    go: (direction: Direction) => {
      const next = step(journey, only, direction);
      if (next !== null) show(next);
    },
    nudge: (direction: Direction) => {
      const places = readPlaces(journey);
      const [x, y] = AWAY[direction];
      const moved = keys.flatMap((key) => (places[key] ? [[key, { x: places[key].x + x, y: places[key].y + y }] as const] : []));
      if (mayEdit && moved.length > 0) edit({ ...steps.move(Object.fromEntries(moved)), field: `move/${keys.join()}` });
    },
  };
  const commands = listCommands(doings);
  useHotkeys(open !== null ? [] : [
    ...commands.flatMap(({ keys: several, run }) => several.map((key): [string, () => void] => [key, run])),
    ...(['up', 'down', 'left', 'right'] as const).flatMap((direction): [string, () => void][] => {
      const arrow = `Arrow${direction.charAt(0).toUpperCase()}${direction.slice(1)}`;
      return [[arrow, () => doings.go(direction)], [`alt+${arrow}`, () => doings.nudge(direction)]];
    }),
    ['mod+S', () => draft.flush()],
    ['Enter', () => only !== null && focusInspector()],
  ].map(([key, run]) => [key as string, run as () => void, { preventDefault: key !== 'Enter' }]));

  const inspector = <Inspector journey={journey} chosen={only} edit={edit} closeField={closeField} problems={checked.problems} />;
  const pick = useCallback((target: Target, label: string) => setOpen({ what: 'kind', target, label }), []);
  const editor = useMemo(() => ({ mayEdit, pick }), [mayEdit, pick]);
  return (
    <EditorContext value={editor}>
      <Toolbar draft={view} checked={checked} doings={doings} isJson={isJson} />
      <Box flex={1} mih={0} className="editing" onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        if (id !== undefined && event.target.matches('.react-flow__node:focus-visible') && !chosen.has(id)) choose(new Set([id]));
      }}>
        {mayEdit && <Palette onAdd={(kind) => add(kind, after())} />}
        <Box flex={1} miw={0} mih={0} pos="relative">
          <EditorCanvas journey={journey} problems={checked.byNode} chosen={chosen} choose={choose} line={line} chooseLine={chooseLine} mayEdit={mayEdit} edit={edit} add={add} pick={pick} />
        </Box>
        {isJson ? (
          <Box component="aside" aria-label={says.json} className="beside-canvas wide">
            <Suspense fallback={<Loading />}><JsonPane journey={journey} mayEdit={mayEdit} edit={edit} closeField={closeField} /></Suspense>
          </Box>
        ) : isNarrow ? (
          <Drawer opened={only !== null} onClose={() => choose(NOTHING)} position="bottom" size="70%" title={says.details} closeButtonProps={{ 'aria-label': says.close }}>{inspector}</Drawer>
        ) : (
          <ScrollArea component="aside" id="inspector" aria-label={says.details} className="beside-canvas"><Box p="md" onBlur={closeField}>{inspector}</Box></ScrollArea>
        )}
      </Box>
      {open?.what === 'kind' && <KindPicker title={open.label ? says.addOn(open.label) : says.addStep} onPick={(kind) => add(kind, open.target)} onClose={() => setOpen(null)} />}
      {open?.what === 'find' && (
        <Chooser title={says.find} onClose={() => setOpen(null)} onChoose={(id) => { setOpen(null); setTimeout(() => show(id), 60); }}
          choices={listNodes(journey).map(([key, node]) => ({ id: key, label: describeNode(node).title, more: key, icon: describeNode(node).icon, color: describeNode(node).color, alsoKnownAs: `${describeNode(node).name} ${node.note ?? ''}` }))} />
      )}
      {open?.what === 'commands' && (
        <Chooser title={says.commands} onClose={() => setOpen(null)} onChoose={(id) => { setOpen(null); commands.find((command) => command.id === id)?.run(); }}
          choices={commands.filter(({ id }) => id !== 'commands').map(({ id, label, keys: [first], shown = first }) => ({ id, label, ...(shown ? { keys: sayKeys(shown, isMac) } : {}) }))} />
      )}
      {open?.what === 'shortcuts' && <Shortcuts commands={commands} onClose={() => setOpen(null)} />}
      {open?.what === 'problems' && <ProblemList journey={journey} checked={checked} onClose={() => setOpen(null)} onGo={(node) => { setOpen(null); setTimeout(() => show(node !== null && findNode(journey, node) ? node : TRIGGER), 60); }} />}
      {open?.what === 'history' && <HistoryView journey={journey} live={live} mayEdit={mayEdit} edit={edit} onClose={() => setOpen(null)} />}
    </EditorContext>
  );
}

function focusInspector(): void {
  if (!document.activeElement?.closest('.react-flow__node')) return;
  document.querySelector<HTMLElement>('#inspector input, #inspector textarea, #inspector select, #inspector button')?.focus();
}
