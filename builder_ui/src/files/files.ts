// What may be done with files: pure.
import { sayNumber } from '../words/formats';

export const LARGEST = 5 * 1024 * 1024;
/** So much may go with one letter; the server refuses more. */
export const MOST_TOGETHER = 10 * 1024 * 1024;
/** Above it Postmark refuses the letter, which is larger by a third as it travels; and many servers dislike it. */
export const HEAVY = 7 * 1024 * 1024;

type Named = { readonly name: string; readonly in_template: string; readonly is_picture: boolean; readonly width: number | null };

/** A size as people read it: 812 kB, 3.4 MB. */
export function saySize(octets: number): string {
  if (octets < 1000) return `${sayNumber(octets)} B`;
  if (octets < 1_000_000) return `${sayNumber(Math.round(octets / 1000))} kB`;
  return `${sayNumber(Math.round(octets / 100_000) / 10)} MB`;
}

export function sumSizes(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** What is on a picture, as far as its file's name tells. */
export function sayFile(name: string): string {
  return name.replace(/\.[a-z0-9]+$/i, '').replaceAll(/[-_]+/g, ' ').replaceAll('"', '');
}

/** How a template shows a picture, or leads to a file. */
export function writeTag({ name, in_template, is_picture, width }: Named): string {
  const called = sayFile(name);
  if (!is_picture) return `<a href="${in_template}">${called}</a>`;
  const size = width !== null && width < 600 ? ` width="${width}px"` : '';
  return `<mj-image src="${in_template}" alt="${called}"${size} />`;
}

/** Where this page finds a file itself, wherever letters find it. */
export function findHere({ in_template }: { readonly in_template: string }): string {
  return in_template.replace('{{ base_url }}', '');
}
