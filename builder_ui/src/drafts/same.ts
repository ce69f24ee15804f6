/** Whether two JSON documents say the same; the order of names says nothing, and undefined is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(read(one, name), read(other, name)));
}

function read(whole: object, name: string): unknown {
  return Object.hasOwn(whole, name) ? (whole as { readonly [name: string]: unknown })[name] : undefined;
}
