import { useMutation, useQueryClient } from '@tanstack/react-query';

import { tellDone } from '../ui/tell';

/** Does something to a contact, says that it is done, and looks at it anew. */
export function useChange<Given>(uid: string, done: string, what: (given: Given) => Promise<unknown>, after?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: what,
    onSuccess: () => {
      tellDone(done);
      after?.();
    },
    onSettled: () => Promise.all([['contact', uid], ['timeline', uid], ['contacts']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
