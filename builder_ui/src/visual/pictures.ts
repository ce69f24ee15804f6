// What becomes of an element when one of the instance's pictures is put into it: pure.
import { type FileShown } from '../files/asks';
import { sayFile } from '../files/files';

/** A picture as letters show it. `width`: pixels; null: nobody knows. */
export type Picture = { readonly address: string; readonly words: string; readonly width: number | null };
/** Which of an element's attributes hold the address of a picture. */
export const HOLDS_PICTURE: readonly string[] = ['src', 'background-url'];
const WHOLE = 600;

export function readPicture(file: Pick<FileShown, 'name' | 'in_template' | 'width'>): Picture {
  return { address: file.in_template, words: sayFile(file.name), width: file.width };
}

/** What changes: the address, and for an image that says nothing of them its words and its width, so that a small one is not blown up. */
export function putPicture(type: string, name: string, before: Readonly<Record<string, string>>, { address, words, width }: Picture): Readonly<Record<string, string>> {
  if (type !== 'mj-image') return { [name]: address };
  return { [name]: address, ...(before['alt'] ? {} : { alt: words }), ...(!before['width'] && width !== null && width < WHOLE ? { width: `${width}px` } : {}) };
}
