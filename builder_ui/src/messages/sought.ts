// Which messages one looks for, as it stands in the address of the page: pure.

/** What is looked for; what is not there does not matter. Days are of whoever looks. */
export type Sought = {
  readonly search?: string;
  readonly contact?: string;
  readonly journey?: string;
  readonly node?: string;
  readonly template?: string;
  readonly channel?: 'email' | 'sms' | 'push' | 'webhook';
  readonly class?: 'marketing' | 'transactional';
  readonly state?: string;
  readonly reason?: string;
  readonly from?: string;
  readonly to?: string;
};

const TEXTS = ['search', 'contact', 'journey', 'node', 'template', 'state', 'reason'] as const;
const CHANNELS = ['email', 'sms', 'push', 'webhook'] as const;
const CLASSES = ['marketing', 'transactional'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The part of an address that says what is looked for; anything else in it is left out. */
export function readSought(given: Readonly<Record<string, unknown>>): Sought {
  const texts = TEXTS.flatMap((name) => {
    const value = given[name];
    // An address holds JSON: what looks like a number comes as one.
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [[name, String(value)]] : [];
  });
  const days = (['from', 'to'] as const).flatMap((name) => (typeof given[name] === 'string' && DAY.test(given[name]) ? [[name, given[name]]] : []));
  const channel = CHANNELS.find((one) => one === given['channel']);
  const kind = CLASSES.find((one) => one === given['class']);
  return { ...Object.fromEntries([...texts, ...days]), ...(channel ? { channel } : {}), ...(kind ? { class: kind } : {}) };
}

/** The same with something changed; what is empty is taken out. */
export function change(sought: Sought, by: { readonly [Name in keyof Sought]?: string | null }): Sought {
  return readSought({ ...sought, ...by });
}

/** How many things narrow the list, besides what is typed and the state, which one sees anyway. */
export function countFilters(sought: Sought): number {
  return Object.keys(sought).filter((name) => name !== 'search' && name !== 'state').length;
}

/** What the server is asked: days become the instants at which they begin and end for whoever looks. */
export function askedOf({ from, to, ...rest }: Sought): Omit<Sought, 'from' | 'to'> & { readonly since?: string; readonly until?: string } {
  return { ...rest, ...(from ? { since: beginOf(from, 0) } : {}), ...(to ? { until: beginOf(to, 1) } : {}) };
}

function beginOf(day: string, ahead: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + ahead).toISOString();
}
