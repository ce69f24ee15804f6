import { sayNumber } from '../words/formats';
import { locale, words } from '../words/language';
import type { PartsShown } from './asks';

export const says = words({
  en: {
    title: 'Parts and costs', counting: 'Counting the parts …', nobody: 'Nobody here has a number yet, so the parts cannot be counted.',
    range: (least: string, most: string, median: string) => `${least === most ? least : `${least}–${most}`} ${most === '1' ? 'part' : 'parts'}${least === most ? '' : `, median ${median}`}.`,
    share: (share: string, parts: string) => `${share} of the people get ${parts}`,
    costly: (sign: string, n: string, all: string) => `${sign} is no character of the SMS alphabet: each part then takes 70 characters instead of 160. So it is in ${n} of ${all} texts.`,
    sample: (people: string) => (people === '1' ? 'Made for the one person there is with a number.' : `Made for a sample: the ${people} newest people with a number.`),
    unmade: (n: string) => `For ${n} of them it cannot be made: a value is missing.`,
    each: (price: string) => `About ${price} each`, all: (price: string, people: string) => `, ${price} for ${people} people`,
  },
  de: {
    title: 'Teile und Kosten', counting: 'Die Teile werden gezählt …', nobody: 'Noch hat niemand eine Nummer; darum lassen sich die Teile nicht zählen.',
    range: (least: string, most: string, median: string) => `${least === most ? least : `${least}–${most}`} ${most === '1' ? 'Teil' : 'Teile'}${least === most ? '' : `, Median ${median}`}.`,
    share: (share: string, parts: string) => `${share} der Menschen erhalten ${parts}`,
    costly: (sign: string, n: string, all: string) => `${sign} gehört nicht zum Alphabet der SMS: Jeder Teil fasst dann 70 statt 160 Zeichen. So ist es in ${n} von ${all} Texten.`,
    sample: (people: string) => (people === '1' ? 'Gemacht für den einen Menschen, der eine Nummer hat.' : `Gemacht für eine Stichprobe: die ${people} neuesten Menschen mit einer Nummer.`),
    unmade: (n: string) => `Für ${n} davon kann er nicht gemacht werden: Ein Wert fehlt.`,
    each: (price: string) => `Etwa ${price} je Person`, all: (price: string, people: string) => `, ${price} für ${people} Menschen`,
  },
});

/** So many of a price's units, as providers' prices are kept, make one of the currency. */
export const MILLION = 1_000_000;

/** A sign with its number, since many look alike. */
export const nameSign = (sign: string): string => `${sign} (U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;

/** An amount of money; small ones with more digits, as a part of a text costs cents. */
export function sayMoney(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: amount < 1 ? 4 : 2 }).format(amount);
}

export function sayRange({ least, most, median }: PartsShown): string {
  return says.range(sayNumber(least), sayNumber(most), sayNumber(median));
}

/** How many get more than the fewest parts; nothing where all get the same. */
export function sayCounts({ counts, people, unmade, least, most }: PartsShown): string {
  if (least === most) return '';
  const made = people - unmade;
  const share = (n: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(n / made);
  return `${Object.entries(counts).filter(([parts]) => Number(parts) > least).map(([parts, n]) => says.share(share(n), sayNumber(Number(parts)))).join(', ')}.`;
}

export const sayUnmade = ({ unmade }: PartsShown): string => says.unmade(sayNumber(unmade));

/** What it costs a person, and all; null without a price. */
export function sayCosts({ price, currency, mean, people, unmade }: PartsShown, reached: number | null): string | null {
  if (price === null || currency === null || people === unmade) return null;
  const all = !reached ? '' : says.all(sayMoney(price * mean * reached, currency), sayNumber(reached));
  return `${says.each(sayMoney(price * mean, currency))}${all}.`;
}
