// A source of fetched content in words: its places, how letters name it, how old an answer is.
import { saySeconds } from '../words/formats';
import { says } from './words';

/** The places to fill in an address, by their names. */
export function readPlaces(url: string): string[] {
  return [...new Set([...url.matchAll(/\{([a-z][a-z0-9_]{0,39})\}/g)].map((found) => found[1] ?? ''))];
}

/** How a letter shows a source: `{{ fetched("weather", city=contact.city).… }}`. */
export function writeSnippet(name: string, places: readonly string[], answers: string): string {
  const given = [`"${name}"`, ...places.map((place) => `${place}=contact.${place}`)].join(', ');
  return answers === 'text' ? `{{ fetched(${given}) }}` : `{% set it = fetched(${given}, default=none) %}\n{% if it %}{{ it.name }}{% endif %}`;
}

/** How long ago an answer was fetched. */
export function sayAge(seconds: number): string {
  return seconds < 5 ? says.justNow : says.ago(saySeconds(seconds));
}

/** An answer as people read it: JSON laid out, anything else as it came. */
export function layOut(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
