import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { fuenteOvejuna } from '../../src/demo/fuente-ovejuna.js';
import { UserRegisterDocument } from '../../src/generated/operations.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { type Ending, Program, workingFolder } from '../support/program.js';
import { send } from '../support/wire-person.js';

jest.setTimeout(60_000);

const { lines, speakers } = fuenteOvejuna;
const success = `All ${speakers.length} people got all ${lines.length} lines, each once and in order.`;

let folder: Awaited<ReturnType<typeof workingFolder>>;
beforeAll(async () => {
  folder = await workingFolder();
});
afterAll(() => folder.remove());

const demo = (...args: string[]): Promise<Ending> => Program.run(['demo', ...args], folder.path);

describe('the demo on a running server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startChatset({ RATE_LIMITS: 'on' });
  });
  afterAll(() => server.stop());

  it('lets everyone hear every line once and in order, as often as it is run', async () => {
    for (const args of [['--url', server.url], [`${server.url}/`]]) {
      const { code, stdout, stderr } = await demo(...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(success);
    }
    expect(await server.app.collections.users.find({})).toHaveLength(speakers.length);
    expect(await server.app.collections.conversations.find({})).toHaveLength(2);
    expect(await server.app.collections.sessions.find({})).toHaveLength(0);
  });

  it('is found by the settings that the server was started with', async () => {
    const { port, hostname } = new URL(server.url);
    const { code, stdout } = await Program.run(['demo'], folder.path, { PORT: port, HOST: hostname });
    expect(code).toBe(0);
    expect(stdout).toContain(`on ${server.url}`);
  });

  it('takes another name when one belongs to somebody else', async () => {
    const stranger = await startChatset();
    const input = { username: 'mengo', password: 'nobody knows this' };
    await send(stranger, UserRegisterDocument, { input });
    const { code, stdout } = await demo(stranger.url);
    await stranger.stop();
    expect(code).toBe(0);
    expect(stdout).toMatch(/Mengo +mengo-2 +55 /);
  });
});

describe('the demo without a server', () => {
  /** Something that answers HTTP but is no Chatset. */
  async function withServer(answer: RequestListener, run: (url: string) => Promise<void>): Promise<void> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
  }

  it('says that none answers', async () => {
    const { code, stderr } = await demo('http://127.0.0.1:1');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'chatset: No server answers at http://127.0.0.1:1. Start one with "npm start", or give its address with --url.\n',
    });
  });

  it('says that what answers is something else', async () => {
    await withServer(
      (_request, response) => response.end('<html></html>'),
      async (url) => {
        const { code, stderr } = await demo(url);
        expect(code).toBe(1);
        expect(stderr).toBe(
          `chatset: What answers at ${url} is not a Chatset server. Start one with "npm start", or give its address with --url.\n`,
        );
      },
    );
  });

  it('says that an address is none', async () => {
    const { code, stderr } = await demo('my server');
    expect(code).toBe(1);
    expect(stderr).toContain('"my server" is not the address of a server.');
  });
});
