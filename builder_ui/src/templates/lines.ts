// What two texts say differently, line by line: pure. Longest common subsequence (Hunt & McIlroy 1976), of what is left
// once the same beginning and end are taken away; texts too far apart for that are shown as replaced.
export type Line = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

const LARGEST = 1_500_000;

export function compareLines(before: string, after: string): readonly Line[] {
  const one = before.split('\n');
  const other = after.split('\n');
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  const same = (text: string): Line => ({ kind: 'same', text });
  return [...one.slice(0, head).map(same), ...compareMiddle(one.slice(head, one.length - tail), other.slice(head, other.length - tail)), ...one.slice(one.length - tail).map(same)];
}

function compareMiddle(one: readonly string[], other: readonly string[]): Line[] {
  const removed = one.map((text): Line => ({ kind: 'removed', text }));
  const added = other.map((text): Line => ({ kind: 'added', text }));
  if (one.length === 0 || other.length === 0 || one.length * other.length > LARGEST) return [...removed, ...added];
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = one[i] === other[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const found: Line[] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    if (one[i] === other[j]) {
      found.push({ kind: 'same', text: one[i]! });
      i += 1;
      j += 1;
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) found.push(removed[i++]!);
    else found.push(added[j++]!);
  }
  return [...found, ...removed.slice(i), ...added.slice(j)];
}

/** The lines that differ, each with some of what stands around it; null stands for lines left out. */
export function aroundChanges(lines: readonly Line[], around = 2): readonly (Line | null)[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, place) => {
    if (kind !== 'same') for (let at = place - around; at <= place + around; at += 1) near.add(at);
  });
  return lines.flatMap((line, place) => (near.has(place) ? [line] : near.has(place - 1) ? [null] : []));
}
