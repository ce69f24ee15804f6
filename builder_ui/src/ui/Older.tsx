import { Button } from '@mantine/core';

/** The way to what is older, if there is any. */
export function Older({ query }: {
  readonly query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown };
}) {
  if (!query.hasNextPage) return null;
  return <Button variant="subtle" size="sm" fullWidth radius={0} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Show older</Button>;
}
