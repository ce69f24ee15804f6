import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npm run dev` shows the app against an instance that runs beside it.
export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022', chunkSizeWarningLimit: 700, manifest: true },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/v1': 'http://127.0.0.1:8000', '/shop': 'http://127.0.0.1:8000' } },
});
