import { jest } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { LoginDocument, MeDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { type Ending, Program, workingFolder } from '../support/program.js';
import { send } from '../support/wire-person.js';

jest.setTimeout(60_000);

const password = 'correct horse battery';
let folder: Awaited<ReturnType<typeof workingFolder>>;
const begun: Program[] = [];

beforeEach(async () => void (folder = await workingFolder()));
afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

/** A server with one person on it, who is logged in twice. */
async function serveAna() {
  const server = await Program.serve(folder.path);
  begun.push(server);
  const { userRegister } = await send(server, UserRegisterDocument, { input: { username: 'ana', password } });
  const { login } = await send(server, LoginDocument, { input: { username: 'ana', password } });
  return { server, tokens: [userRegister.token, login.token] as const };
}

const admin = (...args: string[]): Promise<Ending> => Program.run(['admin', ...args], folder.path);

async function isLoggedIn({ url }: { readonly url: string }, token: string): Promise<boolean> {
  return (await send({ url, token }, MeDocument, {})).me != null;
}

describe('chatset admin reset-password', () => {
  it('makes a password, tells it, and ends every session of the running server', async () => {
    const { server, tokens } = await serveAna();
    const { code, stdout, stderr } = await admin('reset-password', 'ana');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, made = ''] = /^The password is (\S{20})$/m.exec(stdout) ?? [];
    for (const token of tokens) expect(await isLoggedIn(server, token)).toBe(false);
    await expect(send(server, LoginDocument, { input: { username: 'ana', password } })).rejects.toThrow(
      'UNAUTHENTICATED',
    );
    await expect(send(server, LoginDocument, { input: { username: 'ana', password: made } })).resolves.toHaveProperty(
      'login',
    );
  });

  it('reads the password from standard input when it is asked to, and does not repeat it', async () => {
    const { server } = await serveAna();
    const args = ['admin', 'reset-password', 'ANA', '--stdin'];
    const { code, stdout } = await Program.runWith('another long one\n', args, folder.path);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'ana has a new password, and every session of ana has ended.\n',
    });
    const input = { username: 'ana', password: 'another long one' };
    await expect(send(server, LoginDocument, { input })).resolves.toHaveProperty('login');
  });

  it('refuses a password that is too short, and changes nothing', async () => {
    const { server } = await serveAna();
    const { code, stderr } = await Program.runWith('short', ['admin', 'reset-password', 'ana', '--stdin'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toBe('chatset: The password must have from 8 to 128 characters. Give it on standard input.\n');
    await expect(send(server, LoginDocument, { input: { username: 'ana', password } })).resolves.toHaveProperty(
      'login',
    );
  });

  it('says that nobody has the username', async () => {
    await serveAna();
    expect(await admin('reset-password', 'nadie')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^chatset: Nobody in \.\/data has the username "nadie"\. .+\n$/) as string,
    });
  });
});

describe('chatset admin sessions', () => {
  it('lists them, ends one, and ends all; open sockets of a running server end soon after', async () => {
    const { server, tokens } = await serveAna();
    const { stdout } = await admin('sessions', 'ana');
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{24} {2}last used \d{4}-\S+Z {2}node$/);
    const newest = lines[0]!.slice(0, 24);
    expect(await admin('sessions', 'ana', '--end', newest)).toMatchObject({
      code: 0,
      stdout: `Session ${newest} has ended.\n`,
    });
    expect(await isLoggedIn(server, tokens[1])).toBe(false);
    expect(await isLoggedIn(server, tokens[0])).toBe(true);

    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: tokens[0] },
      lazy: false,
      onNonLazyError: () => undefined,
      retryAttempts: 0,
    });
    await new Promise((resolve) => client.on('connected', resolve));
    const closed = new Promise((resolve) => client.on('closed', resolve));
    expect((await admin('sessions', 'ana', '--end-all')).stdout).toBe('1 session has ended.\n');
    expect(await closed).toMatchObject({ code: 4401, reason: 'Session ended' });
    expect((await admin('sessions', 'ana')).stdout).toBe('');
  });

  it('says that there is no such session', async () => {
    await serveAna();
    for (const id of ['0', 'f'.repeat(24)]) {
      expect(await admin('sessions', 'ana', '--end', id)).toMatchObject({
        code: 1,
        stderr: 'chatset: There is no such session, or you may not see it. Check the id.\n',
      });
    }
  });
});
