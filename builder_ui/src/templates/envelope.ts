// From whom a letter comes, and what goes with it: pure.
import type { FileShown } from '../files/asks';

export type Envelope = { readonly sender: string | null; readonly files: readonly FileShown[] };

export function isSameEnvelope(one: Envelope, other: Envelope): boolean {
  return one.sender === other.sender && listDigests(one).join() === listDigests(other).join();
}

export function listDigests({ files }: Envelope): string[] {
  return files.map(({ digest }) => digest);
}

/** Adds a file behind the others, once. */
export function putIn(envelope: Envelope, file: FileShown): Envelope {
  return envelope.files.some(({ digest }) => digest === file.digest) ? envelope : { ...envelope, files: [...envelope.files, file] };
}

export function takeOut(envelope: Envelope, digest: string): Envelope {
  return { ...envelope, files: envelope.files.filter((one) => one.digest !== digest) };
}
