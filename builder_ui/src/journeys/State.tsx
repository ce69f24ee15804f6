import type { JourneyState } from '../api/types';
import { Tag, type TagColor } from '../ui/Tag';
import { words } from '../words/language';

const says = words({
  en: { live: 'live', draft: 'draft', paused: 'paused', stopped: 'stopped' },
  de: { live: 'live', draft: 'Entwurf', paused: 'pausiert', stopped: 'beendet' },
});
const COLORS: Readonly<Record<JourneyState, TagColor>> = { live: 'green', draft: 'gray', paused: 'orange', stopped: 'red' };

/** Where a journey stands. */
export function State({ state, version }: { readonly state: JourneyState; readonly version: number | null }) {
  return <Tag color={COLORS[state]}>{says[state]}{version === null ? '' : ` · v${version}`}</Tag>;
}
