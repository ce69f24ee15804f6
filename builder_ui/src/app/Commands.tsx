import '@mantine/spotlight/styles.css';

import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconRoute, IconSearch, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { askContacts } from '../contacts/asks';
import { askJourneys } from '../journeys/asks';
import { useMay } from '../session/asks';
import { words } from '../words/language';
import type { MenuPage } from './pages';

const says = words({
  en: { find: 'A page, a journey, a contact …', pages: 'Pages', journeys: 'Journeys', contacts: 'Contacts', nothing: 'Nothing found' },
  de: { find: 'Eine Seite, eine Journey, ein Kontakt …', pages: 'Seiten', journeys: 'Journeys', contacts: 'Kontakte', nothing: 'Nichts gefunden' },
});
const [store, menu] = createSpotlight();

/** The command menu, open once it is shown: any page, journey or contact, by its name. */
export default function Commands({ pages, onClose }: { readonly pages: readonly MenuPage[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  useEffect(() => menu.open(), []);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data: journeys } = useQuery({ ...askJourneys(), refetchInterval: false });
  const maySeeContacts = useMay('contacts:read');
  const { data: contacts } = useInfiniteQuery({ ...askContacts({ search }), enabled: maySeeContacts && search.length > 1, refetchInterval: false });
  const go = (to: string) => () => void navigate({ to });
  const groups: SpotlightActionGroupData[] = [
    { group: says.pages, actions: pages.map(({ to, label, icon: Picture }): SpotlightActionData => ({ id: to, label, onClick: go(to), leftSection: <Picture size={18} /> })) },
    { group: says.journeys, actions: (journeys ?? []).map(({ key, name }) => ({ id: `journey:${key}`, label: name, description: key, onClick: go(`/journeys/${key}`), leftSection: <IconRoute size={18} /> })) },
    {
      group: says.contacts,
      actions: (search.length > 1 ? (contacts?.pages[0]?.items ?? []) : []).slice(0, 8).map(({ id, name, email, external_id }) => ({
        id: `contact:${id}`, label: name || email || external_id || id, description: email ?? external_id ?? '', keywords: [search], onClick: go(`/contacts/${id}`), leftSection: <IconUser size={18} />,
      })),
    },
  ];
  return (
    <Spotlight store={store} onSpotlightClose={onClose} transitionProps={{ transition: 'pop', duration: 200, exitDuration: 0 }} actions={groups} query={typed} onQueryChange={setTyped}
      shortcut={null} nothingFound={says.nothing} highlightQuery limit={20} searchProps={{ leftSection: <IconSearch size={18} />, placeholder: says.find, 'aria-label': says.find }} />
  );
}
