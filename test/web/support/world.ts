import { createServer } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { Program, workingFolder } from '../../support/program.js';
import { openBrowser } from '../../support/browser.js';
import { Guest, password } from './guest.js';

interface Seat {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
}

/** A server process and a browser, for one test file. */
export class World {
  private program: Program | undefined;
  private readonly seats: Seat[] = [];
  private settings: Record<string, string> = {};

  private constructor(
    private readonly folder: Awaited<ReturnType<typeof workingFolder>>,
    private readonly port: number,
    private readonly browser: Browser,
  ) {}

  /** @param settings of the server, beside those that every test needs */
  static async begin(settings: Record<string, string> = {}): Promise<World> {
    const world = new World(await workingFolder(), await freePort(), await openBrowser());
    world.settings = settings;
    await world.startServer();
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async startServer(): Promise<void> {
    const settings = { PORT: String(this.port), RATE_LIMITS: 'off', ...this.settings };
    this.program = await Program.serve(this.folder.path, settings);
  }

  /** Makes somebody site admin, as an operator does. */
  async promote(username: string): Promise<void> {
    const { code, stderr } = await Program.run(['admin', 'promote', username], this.folder.path);
    if (code !== 0) throw new Error(`Nobody was promoted: ${stderr}`);
  }

  /** What a power cut does. */
  async killServer(): Promise<void> {
    await this.program?.kill();
    this.program = undefined;
  }

  /** Stops the server in good order, does something with its working folder, and starts it again. */
  async whileStopped(action: (folder: string) => Promise<void>): Promise<void> {
    await this.program?.interrupt();
    await action(this.folder.path);
    await this.startServer();
  }

  /** Registers somebody who has not opened the page yet. */
  async register(username: string, name = username): Promise<Guest> {
    return Guest.register(this.url, username, name);
  }

  /** Opens the page in a browser of its own, logged in or not. */
  async open(guest?: Guest, options: BrowserContextOptions = {}): Promise<Page> {
    const size = { width: 1280, height: 800 };
    const context = await this.browser.newContext({ viewport: size, locale: 'en-US', ...options });
    if (guest) await context.addCookies([{ name: 'sid', value: guest.token, url: this.url, httpOnly: true }]);
    return this.visit(await context.newPage());
  }

  /** Opens another tab behind a page. The one in front is acted on at full speed; browsers slow the others down. */
  async openTab(page: Page): Promise<Page> {
    const tab = await this.visit(await page.context().newPage());
    await page.bringToFront();
    return tab;
  }

  /** What any page has complained of: uncaught errors, refused content, failed loads. */
  get complaints(): readonly string[] {
    return this.seats.flatMap(({ complaints }) => complaints);
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.killServer();
    await this.folder.remove();
  }

  private async visit(page: Page): Promise<Page> {
    const complaints: string[] = [];
    this.seats.push({ page, complaints });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => {
      if (
        line.type() === 'error' &&
        !/ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|WebSocket (connection|is already)/.test(line.text())
      ) {
        complaints.push(line.text());
      }
    });
    page.on('dialog', (dialog) => {
      complaints.push(`A script opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(this.url);
    return page;
  }
}

export { password };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
