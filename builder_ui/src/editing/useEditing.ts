import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';

import type { Draft, DraftView } from '../drafts/draft';
import { readClip } from '../graph/edit/clipboard';
import { keepPlaces, readPlaces } from '../graph/edit/places';
import { type EditStep, steps } from '../graph/edit/steps';
import { HEIGHT, isPlaced, listLines, WIDTH } from '../graph/flow';
import { listNodes, TRIGGER, type WayOut } from '../graph/paths';
import { tellDone, tellFailure } from '../ui/tell';
import { addStep, type Offer, type Point, type Target, wayAfter } from './adding';
import type { Doings } from './commands';
import { type Direction, keepChosen, readOnly, step } from './selection';
import { useClipboard } from './useClipboard';
import { says } from './words';

const NUDGE = 16;
const AWAY: Readonly<Record<Direction, readonly [number, number]>> = { up: [0, -NUDGE], down: [0, NUDGE], left: [-NUDGE, 0], right: [NUDGE, 0] };
const NOTHING: ReadonlySet<string> = new Set();
/** How long the canvas takes to move, in milliseconds. */
const GLIDE = 200;
const ALL = { padding: 0.15, maxZoom: 1, duration: GLIDE };
/** What was just added is drawn by then, in milliseconds. */
const DRAWN = 40;

/** What is open over the editor. */
export type Open =
  | { readonly what: 'find' | 'commands' | 'shortcuts' | 'problems' | 'history' }
  | { readonly what: 'kind'; readonly target: Target; readonly label: string }
  | { readonly what: 'lead'; readonly node: string; readonly way: WayOut | null }
  | { readonly what: 'comment'; readonly node: string };

/** What is chosen in the editor, what is open over it, and everything it can do. */
export function useEditing({ draft, view, mayEdit }: { readonly draft: Draft; readonly view: DraftView; readonly mayEdit: boolean }) {
  const { journey } = view;
  const flow = useReactFlow();
  const [selection, setSelection] = useState<ReadonlySet<string>>(NOTHING);
  const [line, chooseLine] = useState<string | null>(null);
  const [isJson, setJson] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  /** Where the pointer is on the canvas: there things are pasted. */
  const pointer = useRef<Point | null>(null);
  const chosen = useMemo(() => keepChosen(journey, selection), [journey, selection]);
  const only = readOnly(chosen);
  const keys = useMemo(() => [...chosen].filter((id) => id !== TRIGGER), [chosen]);

  const choose = useCallback((ids: ReadonlySet<string>) => {
    setSelection(ids);
    if (ids.size > 0) chooseLine(null);
  }, []);
  const edit = useCallback((given: EditStep) => {
    try {
      draft.edit(keepPlaces(given));
    } catch (error) {
      tellFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }, [draft]);
  const show = useCallback((id: string) => {
    choose(new Set([id]));
    const drawn = flow.getNode(id);
    if (drawn) void flow.setCenter(drawn.position.x + WIDTH / 2, drawn.position.y + HEIGHT / 2, { zoom: Math.max(0.7, flow.getZoom()), duration: GLIDE });
    // One that was out of sight is only there once it has come into sight.
    requestAnimationFrame(() => void (focusCard(id) || setTimeout(() => focusCard(id), GLIDE + DRAWN)));
  }, [choose, flow]);
  const showSoon = useCallback((id: string) => void setTimeout(() => show(id), DRAWN), [show]);
  const add = useCallback((kind: Offer, target: Target) => {
    const { step: adding, key } = addStep(draft.read().journey, kind, target);
    edit(adding);
    setOpen(null);
    showSoon(key);
  }, [draft, edit, showSoon]);
  const pick = useCallback((target: Target, label: string) => setOpen({ what: 'kind', target, label }), []);
  const fit = () => void flow.fitView(ALL);

  const paste = (text: string, at?: Point) => {
    const clip = readClip(text);
    if (!clip) return;
    const before = draft.read().journey;
    const had = new Set(Object.keys(before.nodes ?? {}));
    const isDrawn = isPlaced(before) && had.size > 0;
    edit(steps.paste(clip, isDrawn ? (at ?? pointer.current ?? findCentre(flow)) : undefined));
    choose(new Set(listNodes(draft.read().journey).map(([key]) => key).filter((key) => !had.has(key))));
    if (had.size === 0) setTimeout(fit, DRAWN);
  };
  const clipboard = useClipboard({ journey, keys, mayEdit, onCut: () => edit(steps.remove(keys)), onPaste: paste });
  const wayChosen = (): WayOut | null => {
    const found = listLines(journey).find(({ id }) => id === line);
    return found ? { node: found.from, at: found.at } : null;
  };

  const doings: Doings = {
    mayEdit,
    undo: () => draft.undo(),
    redo: () => draft.redo(),
    add: () => {
      const way = wayChosen() ?? wayAfter(journey, only);
      if (only !== null && way === null) tellDone(says.noWay);
      else pick(way ? { way } : null, '');
    },
    find: () => setOpen({ what: 'find' }),
    lead: () => {
      const way = wayChosen();
      if (way) setOpen({ what: 'lead', node: way.node, way });
      else if (only !== null) setOpen({ what: 'lead', node: only, way: null });
    },
    comment: () => only !== null && only !== TRIGGER && setOpen({ what: 'comment', node: only }),
    save: () => draft.flush(),
    remove: () => {
      const way = wayChosen();
      if (keys.length > 0) edit(steps.remove(keys));
      else if (way) edit(steps.disconnect(way));
    },
    duplicate: () => {
      if (keys.length === 0) return;
      const had = new Set(Object.keys(draft.read().journey.nodes ?? {}));
      edit(steps.duplicate(keys));
      choose(new Set(listNodes(draft.read().journey).map(([key]) => key).filter((key) => !had.has(key))));
    },
    ...clipboard,
    chooseAll: () => choose(new Set(listNodes(journey).map(([key]) => key))),
    chooseNothing: () => {
      choose(NOTHING);
      chooseLine(null);
    },
    tidyUp: () => {
      edit(steps.tidyUp());
      setTimeout(fit, DRAWN);
    },
    fit,
    zoomIn: () => void flow.zoomIn({ duration: 100 }),
    zoomOut: () => void flow.zoomOut({ duration: 100 }),
    toggleJson: () => {
      setJson((is) => !is);
      setTimeout(fit, 2 * DRAWN);
    },
    openHistory: () => setOpen({ what: 'history' }),
    openProblems: () => setOpen({ what: 'problems' }),
    openCommands: () => setOpen({ what: 'commands' }),
    openShortcuts: () => setOpen({ what: 'shortcuts' }),
    go: (direction) => {
      const next = step(journey, only, direction);
      if (next !== null) show(next);
    },
    nudge: (direction) => {
      const places = readPlaces(journey);
      const [x, y] = AWAY[direction];
      const moved = keys.flatMap((key) => (places[key] ? [[key, { x: places[key].x + x, y: places[key].y + y }] as const] : []));
      if (mayEdit && moved.length > 0) edit({ ...steps.move(Object.fromEntries(moved)), field: `move/${keys.join()}` });
    },
  };
  const closeField = useCallback(() => draft.closeField(), [draft]);
  const after = (): Target => {
    const way = wayAfter(journey, only);
    return way ? { way } : null;
  };
  return { journey, chosen, only, keys, choose, line, chooseLine, isJson, open, setOpen, pointer, edit, closeField, show, showSoon, add, after, pick, paste: clipboard.pasteAt, doings };
}

export type Editing = ReturnType<typeof useEditing>;

export function focusCard(id: string): boolean {
  const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
  card?.focus({ preventScroll: true });
  return card !== null;
}

/** The middle of what is seen, where a card may stand. */
function findCentre(flow: ReturnType<typeof useReactFlow>): Point {
  const box = document.querySelector('.canvas')?.getBoundingClientRect();
  if (!box) return { x: 0, y: 0 };
  const { x, y } = flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  return { x: x - WIDTH / 2, y: y - HEIGHT / 2 };
}
