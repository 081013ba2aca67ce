import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { '@texts': path('../../shared/text'), '@web': path('../../shared/web'), '@fonts': path('node_modules/@fontsource-variable/onest/files') } },
  build: {
    target: 'es2022',
    // The server's policy allows no data: sources for scripts and styles; files keep their own names and caching.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    fs: { allow: [path('.'), path('../../shared')] },
    // For work on the pages: a server of one's own, whose address stands in ANKETA_SERVER.
    proxy: { '/v1': { target: process.env.ANKETA_SERVER ?? 'https://127.0.0.1:8443', secure: false, ws: true } },
  },
});
