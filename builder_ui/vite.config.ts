import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm run dev` shows the app against an instance that runs beside it.
export default defineConfig({
  plugins: [react()],
  // The visual editor has a document of its own, with its own policy: it writes styles into its pages.
  build: { target: 'es2022', chunkSizeWarningLimit: 2500, manifest: true, rollupOptions: { input: ['index.html', 'visual.html'] } },
  // Tests read the styles; otherwise they are empty.
  test: { css: true },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/v1': 'http://127.0.0.1:8000', '/shop': 'http://127.0.0.1:8000' } },
});
