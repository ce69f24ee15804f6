// What may be written next in a letter: tags and attributes of MJML, filters and values of Jinja. Pure.
// Source: https://documentation.mjml.io (components and their attributes)
const BOX = ['background-color', 'border', 'border-radius', 'css-class', 'padding'];
const WORDS = ['align', 'color', 'font-family', 'font-size', 'font-weight', 'letter-spacing', 'line-height'];
export const TAGS: Readonly<Record<string, readonly string[]>> = {
  'mj-section': [...BOX, 'background-url', 'direction', 'full-width', 'text-align'], 'mj-column': [...BOX, 'vertical-align', 'width'], 'mj-group': ['background-color', 'css-class', 'direction', 'vertical-align', 'width'], 'mj-wrapper': BOX,
  'mj-text': [...WORDS, 'container-background-color', 'css-class', 'padding', 'text-decoration'], 'mj-button': [...WORDS, ...BOX, 'href', 'inner-padding', 'rel', 'target', 'title', 'width'],
  'mj-image': ['align', 'alt', 'border', 'border-radius', 'css-class', 'height', 'href', 'padding', 'src', 'title', 'width'], 'mj-divider': ['border-color', 'border-style', 'border-width', 'css-class', 'padding', 'width'], 'mj-spacer': ['css-class', 'height'],
  'mj-hero': ['background-color', 'background-url', 'css-class', 'height', 'mode', 'padding', 'vertical-align'], 'mj-social': ['align', 'icon-size', 'mode', 'padding'], 'mj-social-element': ['alt', 'href', 'name', 'src'], 'mj-table': [...WORDS, 'css-class', 'padding', 'width'], 'mj-raw': [], 'mj-title': [], 'mj-preview': [],
};
export const FILTERS = ['default', 'upper', 'lower', 'capitalize', 'title', 'trim', 'truncate', 'replace', 'round', 'first', 'last', 'join', 'length', 'escape'] as const;
/** What every letter can read. */
export const ALWAYS = ['contact.first_name', 'contact.email', 'sender.name', 'base_url', 'unsubscribe_url', 'preferences_url', 'view_in_browser_url'];

/** So many characters before the cursor tell what may follow. */
export const LOOKED_AT = 3000;

/** By which a letter looks up what stands outside of its message, as they are written. */
export const LOOKUPS: Readonly<Record<string, string>> = { catalog: 'catalog("")', catalog_list: 'catalog_list("")', recommend: 'recommend("")', coupon: 'coupon("")', fetched: 'fetched("")' };
/** A catalog, and what its items hold. */
export type Known = { readonly name: string; readonly fields: readonly string[] };
/** Where letters may look things up: catalogs, pools of coupons and fetched sources. */
export type Offered = { readonly catalogs: readonly Known[]; readonly pools: readonly string[]; readonly sources: readonly string[] };
export const NOTHING_OFFERED: Offered = { catalogs: [], pools: [], sources: [] };
const CALL = String.raw`\b(?:catalog|catalog_list|recommend)\(\s*["']`;
const NAMED = new RegExp(String.raw`(?:\bset\s+(\w+)\s*=|\bfor\s+(\w+)\s+in)\s*${CALL}([\w-]+)`, 'g');

export type Completed = { readonly from: number; readonly options: readonly { readonly label: string; readonly type: string; readonly apply?: string }[] };

/** What completes the source of a letter before the cursor, which stands at `position`; null: nothing. */
export function completeAt(before: string, position: number, attributes: readonly string[], partials: readonly string[] = [], offered: Offered = NOTHING_OFFERED): Completed | null {
  const words = completeWords(before, position, attributes, partials, offered);
  if (words) return words;
  const tag = /<(\/?)([a-z-]*)$/.exec(before);
  if (tag) return list(position, tag[2] ?? '', Object.keys(TAGS), 'type');
  const open = /<([a-z-]+)(?:\s+[a-z-]+="[^"]*")*\s+([a-z-]*)$/.exec(before);
  const known = open ? TAGS[open[1] ?? ''] : undefined;
  return known ? list(position, open?.[2] ?? '', known, 'property', (name) => `${name}=""`) : null;
}

/** What completes Jinja alone, in words that have no tags: those of a text or a push. */
export function completeWords(before: string, position: number, attributes: readonly string[], partials: readonly string[] = [], offered: Offered = NOTHING_OFFERED): Completed | null {
  const jinja = /\{[{%](?:(?!\}\}|%\}|\{[{%]).)*$/s.exec(before)?.[0];
  if (jinja === undefined) return null;
  const included = /\binclude\s+["']([\w-]*)$/.exec(jinja);
  if (included) return list(position, included[1] ?? '', partials, 'keyword');
  const looked = completeLookup(before, jinja, position, offered);
  if (looked) return looked;
  const filter = /\|\s*(\w*)$/.exec(jinja);
  if (filter) return list(position, filter[1] ?? '', FILTERS, 'function');
  const path = /([\w.]*)$/.exec(jinja)?.[1] ?? '';
  const read = list(position, path, [...new Set([...ALWAYS, ...attributes.map((name) => `contact.${name}`)])], 'variable');
  const calls = list(position, path, Object.keys(LOOKUPS), 'function', (name) => LOOKUPS[name] ?? name);
  return { ...read, options: [...read.options, ...calls.options] };
}

/** Names where a catalog, a pool or a source is named, and a catalog's fields where one is read. */
function completeLookup(before: string, jinja: string, position: number, { catalogs, pools, sources }: Offered): Completed | null {
  const fieldsOf = (name: string | undefined) => catalogs.find((one) => one.name === name)?.fields ?? [];
  const named = new RegExp(`${CALL}([\\w-]*)$`).exec(jinja);
  if (named) return list(position, named[1] ?? '', catalogs.map(({ name }) => name), 'constant');
  const drawn = /\b(coupon|fetched)\(\s*(?:(?:pool|source)\s*=\s*)?["']([\w-]*)$/.exec(jinja);
  if (drawn) return list(position, drawn[2] ?? '', drawn[1] === 'coupon' ? pools : sources, 'constant');
  const inside = [...jinja.matchAll(new RegExp(`${CALL}([\\w-]+)["']`, 'g'))].at(-1);
  const field = /(?:\bsort\s*=\s*["']-?|\bwhere\s*=\s*\{(?:[^}]*,)?\s*["'])(\w*)$/.exec(jinja);
  if (inside && field) return list(position, field[1] ?? '', fieldsOf(inside[1]), 'property');
  const direct = /\bcatalog\(\s*["']([\w-]+)["'][^()]*\)\.(\w*)$/.exec(jinja);
  if (direct) return list(position, direct[2] ?? '', fieldsOf(direct[1]), 'property');
  const own = /(?:^|[^\w.])(\w+)\.(\w*)$/.exec(jinja);
  const held = own && [...before.matchAll(NAMED)].filter(([, set, loop]) => (set ?? loop) === own[1]).at(-1);
  return held ? list(position, own[2] ?? '', fieldsOf(held[3]), 'property') : null;
}

function list(position: number, typed: string, names: readonly string[], type: string, apply?: (name: string) => string): Completed {
  return { from: position - typed.length, options: names.map((label) => ({ label, type, ...(apply ? { apply: apply(label) } : {}) })) };
}
