// The weights of arms: whole per cent that always add up to 100.
const WHOLE = 100;

/** The weights with one set anew; the others share what is left as they did before. */
export function setWeight(weights: readonly number[], place: number, to: number): readonly number[] {
  if (weights.length < 2) return weights.map(() => WHOLE);
  const weight = Math.min(WHOLE, Math.max(0, Math.round(to)));
  const others = share(weights.filter((_, other) => other !== place), WHOLE - weight);
  return [...others.slice(0, place), weight, ...others.slice(place)];
}

/** The weights with one arm more, which gets an equal part. */
export function addWeight(weights: readonly number[]): readonly number[] {
  const part = Math.floor(WHOLE / (weights.length + 1));
  return weights.length === 0 ? [WHOLE] : [...share(weights, WHOLE - part), part];
}

/** The weights brought to 100 in their proportions; equal ones where nobody has any. */
export function share(weights: readonly number[], whole: number = WHOLE): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const wanted = weights.map((weight) => (sum > 0 ? (weight * whole) / sum : whole / weights.length));
  const rounded = wanted.map(Math.floor);
  // What rounding left over goes to those that lost most by it.
  const missing = whole - rounded.reduce((total, weight) => total + weight, 0);
  const order = wanted.map((weight, place) => [weight - Math.floor(weight), place] as const).toSorted(([one], [other]) => other - one).slice(0, missing).map(([, place]) => place);
  return rounded.map((weight, place) => weight + (order.includes(place) ? 1 : 0));
}
