import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Every page by its folder. Nothing is fetched from elsewhere, neither while building nor by a page. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 8_000,
    rollupOptions: {
      input: { chat: `${root}chat/index.html`, playground: `${root}playground/index.html` },
      onwarn: (warning, warn) => {
        // GraphiQL ships hints for React's compiler, which has nothing left to do.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
