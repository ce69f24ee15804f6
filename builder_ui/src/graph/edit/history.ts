// Undo and redo without limit. Steps hang on one another, so one more costs the same however many there are,
// and the documents of all of them share what they have in common.

type Past<Document> = {
  readonly document: Document;
  readonly label: string;
  /** The field that was typed in; one undo takes all of the typing back. */
  readonly field: string | null;
  readonly earlier: Past<Document> | null;
};
type Future<Document> = { readonly document: Document; readonly label: string; readonly later: Future<Document> | null };

export type History<Document> = {
  readonly present: Document;
  readonly past: Past<Document> | null;
  readonly future: Future<Document> | null;
  /** What is known to be kept elsewhere. */
  readonly kept: Document;
  /** Whether typing on in the field of the last step still belongs to it. */
  readonly isOpen: boolean;
};

export function begin<Document>(document: Document): History<Document> {
  return { present: document, past: null, future: null, kept: document, isOpen: false };
}

/** Take a step. What changes nothing is none; what was undone before can no longer be redone. */
export function take<Document>(history: History<Document>, document: Document, label: string, field: string | null = null): History<Document> {
  const { present, past } = history;
  if (document === present) return history;
  const goesOn = history.isOpen && field !== null && past?.field === field;
  const step = goesOn ? past : { document: present, label, field, earlier: past };
  return { ...history, present: document, past: step, future: null, isOpen: true };
}

/** Typing is over: what is typed in the same field from now on is another step. */
export function close<Document>(history: History<Document>): History<Document> {
  return history.isOpen ? { ...history, isOpen: false } : history;
}

export function undo<Document>(history: History<Document>): History<Document> {
  const { present, past, future } = history;
  if (!past) return history;
  return { ...history, present: past.document, past: past.earlier, future: { document: present, label: past.label, later: future }, isOpen: false };
}

export function redo<Document>(history: History<Document>): History<Document> {
  const { present, past, future } = history;
  if (!future) return history;
  return { ...history, present: future.document, past: { document: present, label: future.label, field: null, earlier: past }, future: future.later, isOpen: false };
}

/** A document of this history is kept elsewhere now; it need not be the present one. */
export function keep<Document>(history: History<Document>, document: Document): History<Document> {
  return { ...history, kept: document };
}

export function isKept<Document>({ present, kept }: History<Document>): boolean {
  return present === kept;
}
