// The words of a push: fields of the editor, and the lines in which they are kept. The server reads the same lines.
export type PushAction = { readonly label: string; readonly url: string };
export type PushFields = {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly icon: string;
  readonly image: string;
  readonly tag: string;
  readonly actions: readonly PushAction[];
};

export const MOST_ACTIONS = 2;
const LINES = ['title', 'body', 'url', 'icon', 'image', 'tag'] as const;
const EMPTY: PushFields = { title: '', body: '', url: '', icon: '', image: '', tag: '', actions: [] };

/** The fields of a push as its lines say; lines that are none of ours are left out. */
export function readPush(source: string): PushFields {
  let fields = EMPTY;
  let isBody = false;
  for (const line of source.replaceAll('\r\n', '\n').split('\n')) {
    if (isBody && line.startsWith('  ')) {
      fields = { ...fields, body: `${fields.body}\n${line.slice(2)}` };
      continue;
    }
    const [, name, value] = /^\s*([a-z]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    isBody = name === 'body';
    if (name === 'action') {
      const [label = '', ...url] = value.split(/(?:^|\s+)->\s*/);
      fields = { ...fields, actions: [...fields.actions, { label: label.trim(), url: url.join(' -> ').trim() }] };
    } else if (LINES.some((one) => one === name)) fields = { ...fields, [name]: value };
  }
  return fields;
}

/** The lines of a push. */
export function writePush(fields: PushFields): string {
  const lines = LINES.filter((name) => name === 'title' || fields[name]).map((name) => `${name}: ${name === 'body' ? fields.body.split('\n').join('\n  ') : oneLine(fields[name])}`);
  return [...lines, ...fields.actions.map(({ label, url }) => `action: ${oneLine(label)} -> ${oneLine(url)}`), ''].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
