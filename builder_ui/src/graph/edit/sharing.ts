// An edit makes new objects only where something changed; what stayed the same is the same object.

/** The object with another value in one field. */
export function put<Whole extends object, Field extends keyof Whole>(whole: Whole, field: Field, value: Whole[Field]): Whole {
  return whole[field] === value ? whole : { ...whole, [field]: value };
}

/** The list with every item changed. */
export function mapList<Item>(list: readonly Item[], change: (item: Item, place: number) => Item): readonly Item[] {
  const changed = list.map(change);
  return changed.some((item, place) => item !== list[place]) ? changed : list;
}

type Fields<Value> = { readonly [name: string]: Value };

/** The record with every value changed, its names in their order. */
export function mapFields<Value>(record: Fields<Value>, change: (value: Value, name: string) => Value): Fields<Value> {
  const changed = Object.entries(record).map(([name, value]) => [name, change(value, name)] as const);
  return changed.some(([name, value]) => value !== record[name]) ? Object.fromEntries(changed) : record;
}

/** The record with one name changed, in its place. */
export function renameField<Value>(record: Fields<Value>, from: string, to: string): Fields<Value> {
  return Object.hasOwn(record, from) ? Object.fromEntries(Object.entries(record).map(([name, value]) => [name === from ? to : name, value])) : record;
}

/** The record without some names. */
export function without<Value>(record: Fields<Value>, names: ReadonlySet<string>): Fields<Value> {
  const kept = Object.entries(record).filter(([name]) => !names.has(name));
  return kept.length === Object.keys(record).length ? record : Object.fromEntries(kept);
}
