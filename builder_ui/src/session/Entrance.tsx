import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode } from 'react';

import { answer, api } from '../api/client';
import { words } from '../words/language';

const says = words({
  en: { logIn: 'Log in', email: 'E-mail', password: 'Password', welcome: 'Welcome. Make yourself the owner.', token: 'Token', tokenMore: 'The console printed it at the first start.', name: 'Your name', passwordMore: 'At least 12 characters.', begin: 'Begin' },
  de: { logIn: 'Anmelden', email: 'E-Mail', password: 'Passwort', welcome: 'Willkommen. Machen Sie sich zum Eigentümer.', token: 'Token', tokenMore: 'Die Konsole hat es beim ersten Start ausgegeben.', name: 'Ihr Name', passwordMore: 'Mindestens 12 Zeichen.', begin: 'Beginnen' },
});

/** Logging in. */
export function Login() {
  const enter = useEnter((body) => answer(api.POST('/api/v1/login', { body: { email: read(body, 'email'), password: read(body, 'password') } })));
  return (
    <Frame title={says.logIn} error={enter.error} onSubmit={(form) => enter.mutate(form)}>
      <TextInput name="email" type="email" label={says.email} autoComplete="username" required autoFocus />
      <PasswordInput name="password" label={says.password} autoComplete="current-password" required />
      <Button type="submit" loading={enter.isPending}>{says.logIn}</Button>
    </Frame>
  );
}

/** The first start: whoever holds the token that the console printed becomes the owner. */
export function Setup() {
  const enter = useEnter((body) => answer(api.POST('/api/v1/setup', { body: { token: read(body, 'token'), name: read(body, 'name'), email: read(body, 'email'), password: read(body, 'password') } })));
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  return (
    <Frame title={says.welcome} error={enter.error}
      onSubmit={(form) => enter.mutate(form)}>
      <TextInput name="token" label={says.token} description={says.tokenMore} defaultValue={token} required />
      <TextInput name="name" label={says.name} autoComplete="name" required />
      <TextInput name="email" type="email" label={says.email} autoComplete="username" required />
      <PasswordInput name="password" label={says.password} description={says.passwordMore} autoComplete="new-password" minLength={12} required />
      <Button type="submit" loading={enter.isPending}>{says.begin}</Button>
    </Frame>
  );
}

function Frame({ title, error, onSubmit, children }: { readonly title: string; readonly error: Error | null; readonly onSubmit: (form: FormData) => void; readonly children: ReactNode }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Center mih="100vh" p="md" bg="var(--ground)">
      <Paper component="main" withBorder p="xl" radius="lg" w="100%" maw={400}>
        <form onSubmit={submit}>
          <Stack>
            <img src="/icon.svg" alt="Sojourn" width={40} height={40} />
            <Title order={1} size="h4">{title}</Title>
            {error && <Alert color="red" variant="light"><Text size="sm">{error.message}</Text></Alert>}
            {children}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function useEnter(ask: (form: FormData) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: () => {
      window.history.replaceState(null, '', window.location.pathname === '/setup' ? '/' : window.location.pathname);
      return queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

function read(form: FormData, name: string): string {
  return String(form.get(name) ?? '');
}
