// Which journeys a list shows, and in which order: pure.
import type { JourneySummary } from '../api/types';

export type Sorting = 'name' | 'changed' | 'week' | 'inside';
export type Asked = { readonly search: string; readonly state: string; readonly folder: string | null; readonly sorting: Sorting };

/** Stands for those that are put away, among the states. */
export const AWAY = 'archived';

export function findJourneys(journeys: readonly JourneySummary[], { search, state, folder, sorting }: Asked): readonly JourneySummary[] {
  const asked = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = journeys.filter((journey) => {
    const isAway = journey.archived_at !== null;
    if (isAway !== (state === AWAY)) return false;
    if (state !== 'all' && state !== AWAY && journey.state !== state) return false;
    if (folder !== null && journey.folder !== folder) return false;
    const text = `${journey.name} ${journey.key} ${journey.description} ${journey.folder}`.toLowerCase();
    return asked.every((word) => text.includes(word));
  });
  return found.toSorted(ORDERS[sorting]);
}

const byName = (one: JourneySummary, other: JourneySummary) => one.name.localeCompare(other.name);
const ORDERS: Readonly<Record<Sorting, (one: JourneySummary, other: JourneySummary) => number>> = {
  name: byName,
  changed: (one, other) => other.updated_at.localeCompare(one.updated_at),
  week: (one, other) => other.entered_this_week - one.entered_this_week || byName(one, other),
  inside: (one, other) => other.active - one.active || byName(one, other),
};

export function listFolders(journeys: readonly JourneySummary[]): readonly string[] {
  return [...new Set(journeys.filter(({ archived_at }) => archived_at === null).map(({ folder }) => folder).filter(Boolean))].toSorted();
}
