// What stands in a letter that looks things up in a catalog, to be copied, and how values are shown. Pure.
export type Described = { readonly name: string; readonly key_field: string; readonly fields: readonly string[]; readonly category_field: string | null };
export type Snippet = 'one' | 'list' | 'recommend';

const TITLES = ['name', 'title', 'label'];
const PLAIN = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The field that says best what an item is. */
export function chooseTitle({ key_field, fields }: Pick<Described, 'key_field' | 'fields'>): string {
  return TITLES.find((name) => fields.includes(name)) ?? fields.find((name) => name !== key_field && PLAIN.test(name)) ?? key_field;
}

export function writeSnippet(kind: Snippet, catalog: Described): string {
  const title = chooseTitle(catalog);
  const shown = PLAIN.test(title) ? `item.${title}` : `item["${title}"]`;
  if (kind === 'one') return `{% set item = catalog("${catalog.name}", ${PLAIN.test(catalog.key_field) ? catalog.key_field : 'key'}, default=none) %}{% if item %}{{ ${shown} }}{% endif %}`;
  const where = catalog.category_field ? `, where={"${catalog.category_field}": "…"}` : '';
  const call = kind === 'list' ? `catalog_list("${catalog.name}"${where}, sort="newest", limit=3)` : `recommend("${catalog.name}", limit=3)`;
  return `{% for item in ${call} %}{{ ${shown} }}{% endfor %}`;
}

/** A value of an item in one line. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The fields that stand in the table, the key first. */
export function chooseColumns({ key_field, fields }: Pick<Described, 'key_field' | 'fields'>, most: number): string[] {
  const title = chooseTitle({ key_field, fields });
  return [...new Set([title, ...fields])].filter((name) => name !== key_field).slice(0, most);
}
