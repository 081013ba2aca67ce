// The second half of the build: icons as PNG, then the service worker with the list of everything the app needs offline.
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { icon } from './icon.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');

// The manifest and the welcome name it, so it is not one of Vite's files with a hash.
copyFileSync(fileURLToPath(new URL('../../shared/web/icon.svg', import.meta.url)), join(dist, 'icon.svg'));
for (const size of [180, 192, 512]) writeFileSync(join(dist, `icon-${size}.png`), icon(size, size === 180 ? 0 : 0.22));
writeFileSync(join(dist, 'icon-maskable-512.png'), icon(512, 0));

// Icons are the system's business; it fetches them when the app is installed.
const needed = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && !/^icon-|^sw\.js$/.test(file.name))
  .map((file) => relative(dist, join(file.parentPath ?? file.path, file.name)))
  .sort();
const manifest = needed.map((url) => ({
  url: `/app/${url === 'index.html' ? '' : url}`,
  // What Vite puts under assets/ has a hash of its content in its name.
  revision: url.startsWith('assets/')
    ? null
    : createHash('sha256').update(readFileSync(join(dist, url))).digest('hex').slice(0, 16),
}));

await build({
  configFile: false,
  root,
  publicDir: false,
  logLevel: 'warn',
  define: { __MANIFEST__: JSON.stringify(manifest), 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2022',
    outDir: dist,
    emptyOutDir: false,
    lib: { entry: join(root, 'src/sw.ts'), formats: ['iife'], name: 'anketa', fileName: () => 'sw.js' },
  },
});
