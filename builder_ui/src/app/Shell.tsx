import { ActionIcon, AppShell, Avatar, Badge, Burger, Group, Menu, NavLink, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox, IconLogout, IconMoon, IconRoute, IconShoppingBag, IconStack2, IconSun, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';

import { ask, asked } from '../api/client';
import type { Session } from '../api/types';
import { Clock } from '../ui/Clock';
import { Stale } from '../ui/Stale';

const PAGES = [
  { to: '/journeys', label: 'Journeys', icon: IconRoute },
  { to: '/mailbox', label: 'Mailbox', icon: IconInbox },
  { to: '/contacts', label: 'Contacts', icon: IconUsers },
  { to: '/queues', label: 'Queues', icon: IconStack2 },
] as const;

/** What stands around every page. */
export function Shell({ session }: { readonly session: Session }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding={0}>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <img src="/icon.svg" alt="" width={26} height={26} />
            <Text fw={700} visibleFrom="xs">Sojourn</Text>
            {session.instance.demo && <Badge variant="light" color="grape" visibleFrom="sm">Demo</Badge>}
          </Group>
          <Group gap="xs" wrap="nowrap">
            {session.instance.virtual_clock && <Clock />}
            <Scheme />
            <Account session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        {PAGES.map(({ to, label, icon: Picture }) => (
          <NavLink key={to} component={Link} to={to} label={label} leftSection={<Picture size={18} stroke={1.7} />}
            active={pathname.startsWith(to)} onClick={close} style={{ borderRadius: 8 }} />
        ))}
        {session.instance.demo && (
          <NavLink href="/shop" target="_blank" label="Demo shop" leftSection={<IconShoppingBag size={18} stroke={1.7} />} style={{ borderRadius: 8 }} />
        )}
      </AppShell.Navbar>
      <AppShell.Main>
        <Stale />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={scheme === 'dark' ? 'Light colours' : 'Dark colours'}
      onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
      {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}

function Account({ session }: { readonly session: Session }) {
  const queries = useQueryClient();
  const { data } = useQuery(asked.session());
  const user = data?.user ?? session.user;
  if (!user) return null;
  const leave = async () => {
    await ask('/logout', { method: 'POST' });
    queries.clear();
    window.location.assign('/');
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" radius="xl" aria-label="Your account">
          <Avatar size={28} radius="xl" color="indigo" name={user.name} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email} · {user.role}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>Log out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
