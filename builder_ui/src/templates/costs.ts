import type { Answered } from '../api/types';
import { sayNumber } from '../words/formats';
import { plural, words } from '../words/language';
import { MILLION, sayMoney } from './partsSpread';

export type Costs = Answered<'/api/v1/texts/costs/{key}'>;

export const says = words({
  en: {
    title: 'Parts and costs', all: 'All steps',
    counts: (texts: number, parts: number) => `${sayNumber(texts)} ${plural(texts, 'text', 'texts')}, ${sayNumber(parts)} ${plural(parts, 'part', 'parts')}`,
    estimated: (amount: string) => `of which ${amount} estimated`, allEstimated: 'estimated', unknown: 'No price known', none: 'No costs: the mailbox keeps them',
    unpriced: (n: number) => `${sayNumber(n)} ${plural(n, 'text has', 'texts have')} no price: the provider told none, and SOJOURN_SMS_PRICE is not set.`,
    meant: 'Estimated at SOJOURN_SMS_PRICE a part where the provider told no price; the estimate is a part of the sum.',
  },
  de: {
    title: 'Teile und Kosten', all: 'Alle Schritte',
    counts: (texts: number, parts: number) => `${sayNumber(texts)} SMS, ${sayNumber(parts)} ${plural(parts, 'Teil', 'Teile')}`,
    estimated: (amount: string) => `davon ${amount} geschätzt`, allEstimated: 'geschätzt', unknown: 'Kein Preis bekannt', none: 'Keine Kosten: das Postfach behält sie',
    unpriced: (n: number) => `${sayNumber(n)} SMS ${plural(n, 'hat', 'haben')} keinen Preis: Der Provider hat keinen genannt, und SOJOURN_SMS_PRICE ist nicht gesetzt.`,
    meant: 'Geschätzt mit SOJOURN_SMS_PRICE je Teil, wo der Provider keinen Preis genannt hat; die Schätzung ist in der Summe enthalten.',
  },
});

/** What several have cost together; of none that sent texts: null. */
export function joinCosts(several: readonly (Costs | null)[]): Costs | null {
  const known = several.filter((one) => one !== null && one.texts > 0) as readonly Costs[];
  if (known.length === 0) return null;
  const sum = (pick: (one: Costs) => number) => known.reduce((total, one) => total + pick(one), 0);
  return {
    texts: sum(({ texts }) => texts), parts: sum(({ parts }) => parts), unpriced: sum(({ unpriced }) => unpriced),
    billed: known.map(({ billed }) => billed).reduce(join), estimated: known.map(({ estimated }) => estimated).reduce(join),
  };
}

/** The sum in each currency, with what of it is only estimated: "€12.30 (of which €4.00 estimated)". */
export function sayCosts({ billed, estimated, unpriced }: Costs): string {
  const whole = Object.entries(join(billed, estimated)).toSorted(([one], [other]) => one.localeCompare(other));
  if (whole.length === 0) return unpriced > 0 ? says.unknown : says.none;
  return whole.map(([currency, micro]) => {
    const guessed = estimated[currency] ?? 0;
    const sum = sayMoney(micro / MILLION, currency);
    if (guessed === 0) return sum;
    return `${sum} (${currency in billed ? says.estimated(sayMoney(guessed / MILLION, currency)) : says.allEstimated})`;
  }).join(' + ');
}

export const isEstimated = ({ estimated }: Costs): boolean => Object.values(estimated).some((micro) => micro > 0);

function join(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...one };
  for (const [currency, micro] of Object.entries(other)) sum[currency] = (sum[currency] ?? 0) + micro;
  return sum;
}
