// Where a key was pressed, and which commands heed it there: typing in a field must never delete a step.
import type { Command } from './commands';

/**
 * canvas: nothing else has the focus · panel: a button among the details of a step · field: something to type in ·
 * text: the text editor, which has an undo of its own · elsewhere: a dialog or a menu, which goes by its own keys.
 */
export type KeyPlace = 'canvas' | 'panel' | 'field' | 'text' | 'elsewhere';

const ELSEWHERE = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';
/** A dialog that is not on its way out, or one that is about to be drawn. */
const COVERS = '[aria-modal=true]:not([data-leaving]), [data-opening]';
const FIELD = 'input, textarea, select, [role=combobox]';

export function findPlace(target: EventTarget | null): KeyPlace {
  const element = target as Element | null;
  if (typeof element?.closest !== 'function') return 'canvas';
  if (element.closest(ELSEWHERE)) return 'elsewhere';
  if (element.closest('.cm-editor')) return 'text';
  if (element.closest(FIELD)) return 'field';
  return element.closest('aside') ? 'panel' : 'canvas';
}

/** Whether a dialog lies over everything: until it has the focus, keys are still pressed on what is below, which must not heed them. */
export function isCovered(document: Pick<Document, 'querySelector'>): boolean {
  return document.querySelector(COVERS) !== null;
}

/** Whether Escape leaves what one types in and gives the keys back to the canvas: not where it closes a list first. */
export function leavesField(target: EventTarget | null): boolean {
  return findPlace(target) === 'field' && (target as Element).closest('aside') !== null && (target as Element).getAttribute('aria-expanded') !== 'true';
}

/** Whether a command is given by its key there. */
export function heeds(place: KeyPlace, { id }: Pick<Command, 'id'>, key: string): boolean {
  const isHeld = /^(mod|alt)\+/.test(key);
  if (place === 'canvas') return true;
  if (place === 'elsewhere') return false;
  if (place === 'text') return id === 'commands' || id === 'save';
  if (place === 'field') return ['undo', 'redo', 'save', 'commands', 'find'].includes(id) && isHeld;
  return isHeld ? !['nudge'].includes(id) : ['add', 'shortcuts', 'history', 'problems', 'json', 'none'].includes(id);
}
