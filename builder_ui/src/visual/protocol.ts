// What the app and the document of the visual editor tell each other. Both listen only to the other one's window, on
// their own origin.
import type { Picture } from './pictures';

export type Opening = { readonly source: string; readonly partials: Readonly<Record<string, string>>; readonly values: readonly string[]; readonly mayEdit: boolean };
/** What the app tells the editor: `picked` answers `pick`, if somebody chose. */
export type ToFrame = { readonly kind: 'open'; readonly turn: number; readonly opening: Opening } | { readonly kind: 'picked'; readonly turn: number; readonly picture: Picture };
/** What the editor tells the app. `turn` is that of the opening that it answers. */
export type ToApp =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly turn: number; readonly source: string }
  | { readonly kind: 'refused'; readonly turn: number; readonly reason: string; readonly line: number }
  | { readonly kind: 'changed'; readonly turn: number; readonly source: string }
  | { readonly kind: 'pick'; readonly turn: number }
  | { readonly kind: 'save' };

const MARK = 'sojourn-visual-1';
type Heard = { readonly data: unknown; readonly origin: string; readonly source: unknown };

export const wrap = <Message>(message: Message) => ({ mark: MARK, message });

/** What was said by this window of this origin; null: it was somebody else, or something else. */
export function hearFrame({ data, origin, source }: Heard, window: unknown, own: string): ToApp | null {
  const said = unwrap(data);
  if (origin !== own || source !== window || window === null || said === null) return null;
  switch (said['kind']) {
    case 'ready':
    case 'save':
      return { kind: said['kind'] };
    case 'pick':
      return isTurn(said['turn']) ? { kind: 'pick', turn: said['turn'] } : null;
    case 'opened':
    case 'changed':
      return isTurn(said['turn']) && typeof said['source'] === 'string' ? { kind: said['kind'], turn: said['turn'], source: said['source'] } : null;
    case 'refused':
      return isTurn(said['turn']) && typeof said['reason'] === 'string' && isTurn(said['line']) ? { kind: 'refused', turn: said['turn'], reason: said['reason'], line: said['line'] } : null;
    default:
      return null;
  }
}

/** What the app said; null: it was somebody else, or something else. */
export function hearApp({ data, origin, source }: Heard, window: unknown, own: string): ToFrame | null {
  const said = unwrap(data);
  if (origin !== own || source !== window || window === null || !isTurn(said?.['turn'])) return null;
  if (said['kind'] === 'picked') {
    const picture = said['picture'];
    if (!isRecord(picture) || typeof picture['address'] !== 'string' || typeof picture['words'] !== 'string') return null;
    const { width } = picture;
    return width === null || typeof width === 'number' ? { kind: 'picked', turn: said['turn'], picture: { address: picture['address'], words: picture['words'], width } } : null;
  }
  if (said['kind'] !== 'open') return null;
  const opening = said['opening'];
  if (!isRecord(opening) || typeof opening['source'] !== 'string' || typeof opening['mayEdit'] !== 'boolean') return null;
  const { partials, values } = opening;
  if (!isRecord(partials) || !Object.values(partials).every((one) => typeof one === 'string')) return null;
  if (!Array.isArray(values) || !values.every((one) => typeof one === 'string')) return null;
  return { kind: 'open', turn: said['turn'], opening: { source: opening['source'], partials: partials as Record<string, string>, values, mayEdit: opening['mayEdit'] } };
}

function unwrap(data: unknown): Record<string, unknown> | null {
  return isRecord(data) && data['mark'] === MARK && isRecord(data['message']) ? data['message'] : null;
}

const isTurn = (value: unknown): value is number => Number.isSafeInteger(value);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
