import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { Card } from '../ui/Card';
import { sayNumber } from '../words/formats';
import { words } from '../words/language';
import { askCosts } from './asks';
import { MILLION, sayMoney } from './partsSpread';

const says = words({
  en: { title: 'Parts and costs', texts: 'Texts', parts: 'Parts', cost: 'Costs', unpriced: 'The provider has told no price.', some: (priced: string) => `of the ${priced} texts whose price the provider has told` },
  de: { title: 'Teile und Kosten', texts: 'SMS', parts: 'Teile', cost: 'Kosten', unpriced: 'Der Provider hat keinen Preis genannt.', some: (priced: string) => `der ${priced} SMS, deren Preis der Provider genannt hat` },
});

/** What the texts of a journey have cost, as their providers say. */
export function TextCosts({ journey }: { readonly journey: string }) {
  const { data } = useQuery(askCosts(journey));
  if (!data || data.texts === 0) return null;
  const { texts, parts, prices, priced } = data;
  return (
    <Card title={says.title}>
      <dl className="facts">
        <dt>{says.texts}</dt><dd className="numbers">{sayNumber(texts)}</dd>
        <dt>{says.parts}</dt><dd className="numbers">{sayNumber(parts)}</dd>
        {priced > 0 && <><dt>{says.cost}</dt><dd className="numbers">{Object.entries(prices).map(([currency, price]) => sayMoney(price / MILLION, currency)).join(' + ')}{priced < texts && <Text span inherit c="dimmed"> {says.some(sayNumber(priced))}</Text>}</dd></>}
      </dl>
      {priced === 0 && <Text size="xs" c="dimmed">{says.unpriced}</Text>}
    </Card>
  );
}
