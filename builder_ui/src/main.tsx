import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import './app/style.css';

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Refused } from './api/client';
import { App } from './app/App';
import { theme, variables } from './app/theme';

const queries = new QueryClient({
  defaultOptions: { queries: { retry: (times, error) => times < 2 && !(error instanceof Refused && error.status >= 400 && error.status < 500) } },
});
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
