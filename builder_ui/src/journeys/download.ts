/** Gives the browser a JSON document to keep. */
export function downloadJson(name: string, document_: unknown): void {
  keepFile(name, new Blob([`${JSON.stringify(document_, null, 2)}\n`], { type: 'application/json' }));
}

/** Gives the browser a file to keep. */
export function keepFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
