import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** What Redoc's bundle must not take with it: a picture from its makers' server, and a module of Node that it never loads. */
const standingAlone = {
  name: 'redoc-standing-alone',
  transform: (code: string, id: string) =>
    id.includes('redoc.standalone')
      ? code.replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,').replaceAll('require("null")', 'undefined')
      : undefined,
};

/** Every page by its folder. Nothing is fetched from elsewhere, neither while building nor by a page. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react(), standingAlone],
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 8_000,
    rollupOptions: {
      input: Object.fromEntries(['chat', 'playground', 'rest'].map((page) => [page, `${root}${page}/index.html`])),
      onwarn: (warning, warn) => {
        // GraphiQL ships hints for React's compiler, which has nothing left to do.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
