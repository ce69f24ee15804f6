import { ActionIcon, AppShell, Avatar, Badge, Burger, Button, Divider, Group, Kbd, Menu, NavLink, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconLanguage, IconLogout, IconMoon, IconSearch, IconShoppingBag, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Fragment, lazy, Suspense, useState } from 'react';

import { answer, api } from '../api/client';
import { Bell } from '../notices/Bell';
import { useSession } from '../session/asks';
import { Clock } from '../ui/Clock';
import { Opening } from '../ui/Opening';
import { Stale } from '../ui/Stale';
import { colorText } from '../ui/Tag';
import { chooseLanguage, language, type Language, LANGUAGES, words } from '../words/language';
import { GROUPS, PAGES } from './pages';

const Commands = lazy(() => import('./Commands'));

const says = words({
  en: { skip: 'To the page', menu: 'Menu', demo: 'Demo', shop: 'Demo shop', light: 'Light colours', dark: 'Dark colours', account: 'Your account', leave: 'Log out', find: 'Find or do …' },
  de: { skip: 'Zum Inhalt', menu: 'Menü', demo: 'Demo', shop: 'Demo-Shop', light: 'Helle Farben', dark: 'Dunkle Farben', account: 'Ihr Konto', leave: 'Abmelden', find: 'Suchen oder tun …' },
});

/** What stands around every page. */
export function Shell() {
  const session = useSession();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const [finds, setFinds] = useState(0);
  const [isFinding, setFinding] = useState(false);
  const openCommands = () => {
    setFinds((n) => n + 1);
    setFinding(true);
  };
  useHotkeys([['mod+K', openCommands]], []);
  const mine = PAGES.filter(({ needs }) => needs === undefined || session.user.permissions.includes(needs));
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding={0}>
      <a href="#page" className="skip">{says.skip}</a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={says.menu} aria-expanded={isOpen} />
            <img src="/icon.svg" alt="" width={26} height={26} />
            <Text fw={700} visibleFrom="xs">Sojourn</Text>
            {session.instance.demo && <Badge variant="light" color="grape" visibleFrom="sm" c={colorText('grape')}>{says.demo}</Badge>}
          </Group>
          <Group gap="xs" wrap="nowrap" className="tools">
            <Button variant="default" size="xs" c="dimmed" visibleFrom="md" leftSection={<IconSearch size={15} />} rightSection={<Kbd size="xs">Ctrl K</Kbd>} onClick={openCommands}>{says.find}</Button>
            <ActionIcon variant="subtle" color="gray" size="lg" hiddenFrom="md" aria-label={says.find} onClick={openCommands}><IconSearch size={18} /></ActionIcon>
            {session.instance.virtual_clock && <Clock />}
            <Bell />
            <Scheme />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" style={{ overflowY: 'auto' }}>
        {GROUPS.map((group) => {
          const pages = mine.filter((page) => page.group === group);
          return pages.length > 0 && (
            <Fragment key={group}>
              {pages.map(({ to, label, icon: Picture }) => (
                <NavLink key={to} component={Link} to={to} label={label} leftSection={<Picture size={18} stroke={1.7} />}
                  active={pathname === to || pathname.startsWith(`${to}/`)} onClick={close} style={{ borderRadius: 8 }} />
              ))}
              <Divider my={6} />
            </Fragment>
          );
        })}
        {session.instance.demo && (
          <NavLink href="/shop" target="_blank" label={says.shop} leftSection={<IconShoppingBag size={18} stroke={1.7} />} style={{ borderRadius: 8 }} />
        )}
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <Stale />
        <Outlet />
      </AppShell.Main>
      {isFinding && <Opening />}
      {finds > 0 && <Suspense><Commands key={finds} pages={mine} onClose={() => setFinding(false)} /></Suspense>}
    </AppShell>
  );
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={scheme === 'dark' ? says.light : says.dark}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
      {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function Account() {
  const queries = useQueryClient();
  const { user } = useSession();
  const leave = async () => {
    await answer(api.POST('/api/v1/logout'));
    queries.clear();
    window.location.assign('/');
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" radius="xl" aria-label={says.account}>
          <Avatar size={28} radius="xl" color="indigo" name={user.name} alt="" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email} · {user.role}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).filter((one) => one !== language).map((one) => (
          <Menu.Item key={one} lang={one} leftSection={<IconLanguage size={16} />} onClick={() => chooseLanguage(one)}>{LANGUAGES[one]}</Menu.Item>
        ))}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>{says.leave}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
