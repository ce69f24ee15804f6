// The file that was sent last, so that it can be sent again to be read in another way. Gone with the page.
let held: { readonly id: number; readonly file: File } | null = null;

export function holdFile(id: number, file: File): void {
  held = { id, file };
}

/** The file of an import, if it was sent from this page. */
export function findFile(id: number): File | null {
  return held?.id === id ? held.file : null;
}
