import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { siteFiles, siteHead, siteHeader } from '../docs/site.js';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * What is changed in libraries while building, where they take no setting for it. In Redoc: a picture from its makers' server
 * and a module of Node that it never loads go out, and colours that its theme cannot say become those of the page. In
 * GraphiQL: a tab that has a subject keeps it as its name.
 */
const libraryChanges: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'redoc.standalone.js': [
    ['https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,'],
    ['require("null")', 'undefined'],
    ['color: #0e7c86', 'color: var(--accent-strong)'],
    ['t?"black":"white"', '"var(--ink-soft)"'],
    [
      String.raw`\n      color: white;\n      background-color: `,
      String.raw`\n      color: var(--surface);\n      background-color: `,
    ],
    ['background-color: white;\\n      `}', 'background-color: var(--raised);\\n      `}'],
  ],
  '@graphiql/react/dist/utility/tabs.js': [
    ['title: newTab.operationName', 'title: newTab.subject || newTab.operationName'],
  ],
};

const changedLibraries: Plugin = {
  name: 'chatset-changed-libraries',
  transform(code, id) {
    const changes = Object.entries(libraryChanges).find(([file]) => id.includes(file))?.[1] ?? [];
    const missing = changes.filter(([from]) => !code.includes(from)).map(([from]) => from);
    if (missing.length > 0) this.error(`What should be changed is not there: ${missing.join(' ')}`);
    return changes.reduce((changed, [from, to]) => changed.replaceAll(from, to), code);
  },
};

const textOf = (...files: string[]): string => files.map((file) => readFileSync(`${root}${file}`, 'utf8')).join('\n');

/** What pages of Vite and pages that the server writes have in common: the head, the header, the style and the theme. */
const site: Plugin = {
  name: 'chatset-site',
  transformIndexHtml: {
    order: 'post',
    handler: (html) =>
      html
        .replace(/<site-head title="([^"]*)" \/>/, (_whole, title: string) => siteHead(title))
        .replace(/<site-header current="([^"]*)" \/>/, (_whole, current: string) => siteHeader(current, 'en')),
  },
  generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: siteFiles.style.slice(1),
      source: textOf('chat/styles/tokens.css', 'chat/styles/hidden.css', 'look/header.css', 'look/content.css'),
    });
    this.emitFile({ type: 'asset', fileName: siteFiles.theme.slice(1), source: textOf('look/theme.js') });
  },
};

/** Every page by its folder. Nothing is fetched from elsewhere, neither while building nor by a page. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react(), changedLibraries, site],
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    // The browsers that know light-dark(), which is kept as it is written: all since May 2024.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
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
