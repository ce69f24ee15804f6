// JSON values as people set them. Nothing is coerced: `"5"`, `5` and `true` are three values.

export type ValueKind = 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object' | 'hole';
export type Hole = { readonly $: string; readonly or?: unknown };

/** What sort of value this is; a hole stands for a value known later. */
export function kindOfValue(value: unknown): ValueKind {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  return isHole(value) ? 'hole' : 'object';
}

export function isHole(value: unknown): value is Hole {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('$' in value) || typeof value.$ !== 'string') return false;
  return Object.keys(value).every((name) => name === '$' || name === 'or');
}

/** The value as another kind: what it says, where that can be said exactly; else how such a value begins. */
export function toKind(value: unknown, kind: ValueKind): unknown {
  if (kindOfValue(value) === kind) return value;
  switch (kind) {
    case 'text':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
    case 'number':
      return typeof value === 'string' ? (readNumber(value) ?? 0) : 0;
    case 'boolean':
      return value !== 'false';
    case 'null':
      return null;
    case 'list':
      return value === null || value === undefined || value === '' || typeof value === 'object' ? [] : [value];
    case 'object':
      return {};
    case 'hole':
      return { $: 'contact.email' };
    default:
      return kind satisfies never;
  }
}

/** A number as people write it; null if it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim();
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

/** What a JSON text says, of the kinds a document may hold. */
export function readJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** A value in few characters, for a sentence. */
export function sayValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayValue).join(', ');
  if (isHole(value)) return value.$;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
