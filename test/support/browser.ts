import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const folders = (process.env.PATH ?? '').split(delimiter);
const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
  .flatMap((program) => folders.map((folder) => join(folder, program)))
  .find((path) => existsSync(path));
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Tests that need Chromium: skipped with a plain sentence where there is none, failed there in CI. */
export function describeInBrowser(name: string, body: () => void): void {
  if (executablePath !== undefined) describe(name, body);
  else if (process.env.CI === 'true') {
    describe(name, () => {
      it('needs Chromium', () => {
        throw new Error('No Chromium was found. Install it: apt-get install chromium.');
      });
    });
  } else describe.skip(`${name} (skipped: no Chromium was found; apt-get install chromium)`, body);
}

/** A browser without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}

/** What a page did that it should not: errors, and requests to other machines. */
export function faultsOf(page: Page, origin: string): string[] {
  const faults: string[] = [];
  const isOwn = (url: string): boolean => [origin, 'data:', 'blob:'].some((start) => url.startsWith(start));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => !isOwn(request.url()) && faults.push(`asked ${request.url()}`));
  return faults;
}
