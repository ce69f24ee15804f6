// Where in a text the nodes of a journey stand, so that what is wrong with them can be marked there.
import { jsonLanguage } from '@codemirror/lang-json';

type Range = { readonly from: number; readonly to: number };
type TreeNode = ReturnType<typeof jsonLanguage.parser.parse>['topNode'];

/** The names of the nodes in a text, by their keys. */
export function findNodes(text: string): ReadonlyMap<string, Range> {
  const whole = jsonLanguage.parser.parse(text).topNode.firstChild;
  const nodes = whole ? listProperties(whole, text).get('nodes')?.value : undefined;
  if (!nodes) return new Map();
  return new Map([...listProperties(nodes, text)].map(([key, { name }]) => [key, { from: name.from, to: name.to }]));
}

function listProperties(object: TreeNode, text: string): ReadonlyMap<string, { readonly name: Range; readonly value: TreeNode }> {
  const found = new Map<string, { readonly name: Range; readonly value: TreeNode }>();
  for (const property of object.getChildren('Property')) {
    const name = property.getChild('PropertyName');
    const value = property.lastChild;
    if (name && value) found.set(readName(text.slice(name.from, name.to)), { name, value });
  }
  return found;
}

function readName(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
