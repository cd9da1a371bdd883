import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].map(pathOf).find((path) => path !== undefined);

/** A browser with a profile of its own, which goes when it is closed. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

/**
 * Tests that need a browser. Without one they are skipped, and say so; where CI is set a missing browser is a failure.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined) {
    describe(name, tests);
  } else if (process.env.CI === 'true') {
    describe(name, () => it('has a browser', () => Promise.reject(new Error('No chromium is on the PATH.'))));
  } else {
    console.info(`Skipped: "${name}" needs chromium, and there is none on the PATH.`);
    describe.skip(name, tests);
  }
}

function pathOf(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
