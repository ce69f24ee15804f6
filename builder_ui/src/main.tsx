import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/style.css';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Refused } from './api/client';
import { App } from './app/App';
import { theme, variables } from './app/theme';
import { askSession } from './session/asks';
import { language } from './words/language';

const queries: QueryClient = new QueryClient({
  // A session may end while a page is open: then the login is shown.
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof Refused && error.status === 401) void queries.invalidateQueries({ queryKey: askSession().queryKey });
    },
  }),
  defaultOptions: { queries: { retry: (times, error) => times < 2 && !(error instanceof Refused && error.status >= 400 && error.status < 500) } },
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const root = document.getElementById('root');
// Where the library that stops a page from scrolling behind a dialog looks for the nonce of its style.
Object.assign(globalThis, { __webpack_nonce__: nonce });
document.documentElement.lang = language;
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Notifications />
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
