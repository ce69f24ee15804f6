/** Whether two JSON documents say the same; the order of names says nothing, undefined is not there, and the server writes `PT60M` as `PT1H`. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one === 'string' && typeof other === 'string') return measure(one) === measure(other);
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(read(one, name), read(other, name)));
}

function read(whole: object, name: string): unknown {
  return Object.hasOwn(whole, name) ? (whole as { readonly [name: string]: unknown })[name] : undefined;
}

const DURATION = /^(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** A duration in months, days and seconds, none of which is so many of another; any other text as it is. */
function measure(text: string): string {
  const found = DURATION.exec(text);
  if (!found) return text;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(2).map((number) => Number(number ?? 0));
  return `${found[1]} ${years * 12 + months} ${weeks * 7 + days} ${hours * 3600 + minutes * 60 + seconds}`;
}
