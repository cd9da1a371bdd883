#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/src/cli/chatset.js', import.meta.url);
if (existsSync(entry)) {
  await import(entry.href);
} else {
  process.stderr.write('Chatset has not been built yet. Run "npm run build" first.\n');
  process.exitCode = 1;
}
