// What is laid over a journey's drawing: figures of who passed, a simulated crowd, one person's path, what changed.
import type { Line } from '../graph/flow';
import type { TagColor } from '../ui/Tag';

/** A short word on a card, such as "12 here now"; with `open` it can be clicked. */
export type Mark = { readonly words: string; readonly color?: TagColor; readonly title?: string; readonly open?: () => void };

export type Overlay = {
  /** By node, or TRIGGER. */
  readonly nodes: Readonly<Record<string, readonly Mark[]>>;
  /** By the id of a line (graph/flow.ts): what is said on it, after its label. */
  readonly lines: Readonly<Record<string, string>>;
  /** By the id of a line: how much went over it, from 0 to 1; it is drawn as much broader. */
  readonly weights?: Readonly<Record<string, number>>;
  /** What a person's path or a simulated token went over: these stand out, all else is faint. Null: nothing does. */
  readonly trail: { readonly nodes: ReadonlySet<string>; readonly lines: ReadonlySet<string> } | null;
  /** Cards and lines in a colour of their own. */
  readonly tints?: { readonly nodes: ReadonlyMap<string, TagColor>; readonly lines: ReadonlyMap<string, TagColor> };
  /** Lines that the document does not have, drawn dashed. */
  readonly ghosts?: readonly Line[];
};

export const NO_OVERLAY: Overlay = { nodes: {}, lines: {}, trail: null };
