// What fits into a field of a template: pure.
export type Cut = { readonly from: number; readonly to: number; readonly insert: string };

/** What to take out of a text so that it fits: from the end of what was just added, as fields of the browser do; and line breaks where there is one line alone. */
export function cutBack(text: string, added: readonly { readonly from: number; readonly to: number }[], most: number, isLine: boolean): readonly Cut[] {
  const last = added.at(-1);
  const excess = Math.min(Math.max(0, text.length - most), last ? last.to - last.from : 0);
  const kept = last && excess > 0 ? [{ from: last.to - excess, to: last.to, insert: '' }] : [];
  if (!isLine) return kept;
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => ({ from: index, to: index + 1, insert: ' ' })).filter(({ from }) => !kept.some((cut) => from >= cut.from && from < cut.to));
  return [...breaks, ...kept].sort((one, other) => one.from - other.from);
}
