// Everything the editor can do, once: the keys, the command menu and the list of shortcuts are made of it.
import type { Direction } from './selection';
import { says } from './words';

export type Doings = {
  readonly mayEdit: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly add: () => void;
  readonly find: () => void;
  readonly remove: () => void;
  readonly duplicate: () => void;
  readonly copy: () => void;
  readonly cut: () => void;
  readonly paste: () => void;
  /** Let a path of what is chosen lead to a step. */
  readonly lead: () => void;
  readonly comment: () => void;
  readonly save: () => void;
  readonly chooseAll: () => void;
  readonly chooseNothing: () => void;
  readonly tidyUp: () => void;
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly toggleJson: () => void;
  readonly openHistory: () => void;
  readonly openProblems: () => void;
  readonly openCommands: () => void;
  readonly openShortcuts: () => void;
  readonly go: (direction: Direction) => void;
  readonly nudge: (direction: Direction) => void;
};

export type Command = {
  readonly id: string;
  readonly label: string;
  /** As Mantine's `useHotkeys` writes them; the first is shown. Empty: only in the menu. */
  readonly keys: readonly string[];
  /** How the keys are shown, where the browser itself handles them or the spelling above is not what people read. */
  readonly shown?: string;
  readonly run: () => void;
  /** It changes the draft. */
  readonly edits?: boolean;
};

/** The commands that whoever looks at the draft may give. */
export function listCommands(doings: Doings): readonly Command[] {
  const all: readonly Command[] = [
    { id: 'add', label: says.addStep, keys: ['A', '/'], run: doings.add, edits: true },
    { id: 'find', label: says.find, keys: ['mod+F'], run: doings.find },
    { id: 'lead', label: says.lead, keys: ['L'], run: doings.lead, edits: true },
    { id: 'comment', label: says.comment, keys: ['C'], run: doings.comment, edits: true },
    { id: 'undo', label: says.undo('').replace(/:\s*$/, ''), keys: ['mod+Z'], run: doings.undo, edits: true },
    { id: 'redo', label: says.redo('').replace(/:\s*$/, ''), keys: ['mod+shift+Z', 'mod+Y'], run: doings.redo, edits: true },
    { id: 'remove', label: says.deleteSteps, keys: ['Delete', 'Backspace'], run: doings.remove, edits: true },
    { id: 'duplicate', label: says.duplicate, keys: ['mod+D'], run: doings.duplicate, edits: true },
    // The browser's own copy, cut and paste events do these three: they need no permission.
    { id: 'copy', label: says.copy, keys: [], shown: 'mod+C', run: doings.copy },
    { id: 'cut', label: says.cut, keys: [], shown: 'mod+X', run: doings.cut, edits: true },
    { id: 'paste', label: says.paste, keys: [], shown: 'mod+V', run: doings.paste, edits: true },
    { id: 'all', label: says.selectAll, keys: ['mod+A'], run: doings.chooseAll },
    { id: 'none', label: says.deselect, keys: ['Escape'], run: doings.chooseNothing },
    { id: 'tidy', label: says.tidy, keys: ['shift+T'], run: doings.tidyUp, edits: true },
    { id: 'fit', label: says.fit, keys: ['shift+1', 'shift+!'], run: doings.fit },
    { id: 'nearer', label: says.zoomIn, keys: ['+', 'shift++'], run: doings.zoomIn },
    { id: 'farther', label: says.zoomOut, keys: ['-'], run: doings.zoomOut },
    { id: 'json', label: says.json, keys: ['shift+J'], run: doings.toggleJson },
    { id: 'history', label: says.history, keys: ['shift+H'], run: doings.openHistory },
    { id: 'problems', label: says.problemsTitle, keys: ['shift+P'], run: doings.openProblems },
    { id: 'save', label: says.saveNow, keys: ['mod+S'], run: doings.save, edits: true },
    { id: 'commands', label: says.commands, keys: ['mod+J'], run: doings.openCommands },
    { id: 'shortcuts', label: says.shortcuts, keys: ['?', 'shift+?'], run: doings.openShortcuts },
  ];
  return doings.mayEdit ? all : all.filter(({ edits }) => !edits);
}

const NAMES: Readonly<Record<string, string>> = { Backspace: '⌫', Escape: 'Esc', Delete: 'Del' };

/** Keys as people read them: "mod+shift+Z" is "Ctrl ⇧ Z", or "⌘ ⇧ Z" on a Mac. */
export function sayKeys(keys: string, isMac: boolean): string {
  const plus = keys.endsWith('++') || keys === '+';
  const parts = (plus ? keys.slice(0, -1) : keys).split('+').filter(Boolean);
  const said = parts.map((part) => (part === 'mod' ? (isMac ? '⌘' : 'Ctrl') : part === 'shift' ? '⇧' : part === 'alt' ? (isMac ? '⌥' : 'Alt') : (NAMES[part] ?? part)));
  return [...said, ...(plus ? ['+'] : [])].join(' ');
}

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');
