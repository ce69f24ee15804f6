/** The object with another value in one field, in its place; without the field where the value is undefined. Other fields stay as they are. */
export function write<Whole extends object, Field extends keyof Whole>(whole: Whole, field: Field, value: Whole[Field] | undefined): Whole {
  if (value !== undefined) return whole[field] === value ? whole : { ...whole, [field]: value };
  if (!Object.hasOwn(whole, field)) return whole;
  const { [field]: _gone, ...rest } = whole;
  return rest as Whole;
}

/** The list with one item moved by so many places. */
export function moveItem<Item>(list: readonly Item[], from: number, by: number): readonly Item[] {
  const to = from + by;
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return list;
  const item = list[from] as Item;
  const rest = list.filter((_, place) => place !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** The list with one item replaced; taken out where it is undefined. */
export function replaceItem<Item>(list: readonly Item[], place: number, item: Item | undefined): readonly Item[] {
  return item === undefined ? list.filter((_, other) => other !== place) : list.map((old, other) => (other === place ? item : old));
}

/** Undefined where there is nothing in it. */
export function unlessEmpty<Whole extends object>(whole: Whole): Whole | undefined {
  return Object.keys(whole).length > 0 ? whole : undefined;
}
