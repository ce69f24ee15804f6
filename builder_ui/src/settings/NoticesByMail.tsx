import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import { Card } from '../ui/Card';
import { Failure, Loading } from '../ui/States';
import { tellFailure } from '../ui/tell';
import { words } from '../words/language';
import { askByMail } from './asks';

const says = words({
  en: {
    title: 'Notices', label: 'Notices that need somebody to act come by e-mail, too',
    to: (address: string) => `To ${address}: accounts that are away or refused, brakes, messages that were given up, endpoints that are disabled. What comes within a few minutes comes in one e-mail. This is for you alone.`,
    kept: 'Nothing comes as long as the built-in mailbox keeps all e-mail: it takes an account that sends.',
  },
  de: {
    title: 'Mitteilungen', label: 'Mitteilungen, bei denen jemand handeln muss, kommen auch per E-Mail',
    to: (address: string) => `An ${address}: ausgefallene oder abgewiesene Konten, Bremsen, aufgegebene Nachrichten, abgeschaltete Endpunkte. Was binnen weniger Minuten kommt, kommt in einer E-Mail. Das gilt nur für Sie.`,
    kept: 'Es kommt nichts, solange das eingebaute Postfach alle E-Mails behält: Dazu braucht es ein Konto, das versendet.',
  },
});

/** Whether what the product tells administrators reaches whoever reads this by e-mail, too. */
export function NoticesByMail() {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(askByMail());
  const want = useMutation({
    mutationFn: (wanted: boolean) => answer(api.PUT('/api/v1/notices/by-mail', { body: { wanted } })),
    onSuccess: (kept) => queries.setQueryData(askByMail().queryKey, kept),
    onError: tellFailure,
  });
  return (
    <Card title={says.title}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Switch label={says.label} description={data.leaves ? says.to(data.to) : `${says.to(data.to)} ${says.kept}`} checked={want.isPending ? want.variables : data.wanted} disabled={want.isPending} onChange={(event) => want.mutate(event.currentTarget.checked)} />
      )}
    </Card>
  );
}
