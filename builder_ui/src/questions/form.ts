// A form that a journey asks colleagues to fill in: pure.
export type Field = {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'yes_no' | 'choice' | 'date';
  readonly label?: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
};
export type Filled = Readonly<Record<string, unknown>>;

/** What people read. */
export function nameField({ label, name }: Field): string {
  return label || name.replaceAll('_', ' ');
}

/** What was filled in; nothing is not sent. */
export function writeValues(form: readonly Field[], filled: Filled): Record<string, unknown> {
  return Object.fromEntries(form.map(({ name }) => [name, filled[name]]).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

/** The fields that must be filled in, and are not. */
export function listMissing(form: readonly Field[], filled: Filled): readonly Field[] {
  const values = writeValues(form, filled);
  return form.filter(({ name, required }) => required && !Object.hasOwn(values, name));
}

/** How pressing a question is at an instant (milliseconds): over, within the next day, or later. */
export function judgeHaste(due: string, now: number): 'over' | 'soon' | 'later' {
  const left = Date.parse(due) - now;
  return left <= 0 ? 'over' : left < 86_400_000 ? 'soon' : 'later';
}
