import { Button } from '@mantine/core';
import { words } from '../words/language';

const says = words({
  en: { older: 'Show older' },
  de: { older: 'Ältere zeigen' },
});

/** The way to what is older, if there is any. */
export function Older({ query }: {
  readonly query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown };
}) {
  if (!query.hasNextPage) return null;
  return <Button variant="subtle" size="sm" fullWidth radius={0} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{says.older}</Button>;
}
