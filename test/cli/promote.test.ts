import { jest } from '@jest/globals';
import { MeDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.js';
import { type Ending, Program, workingFolder } from '../support/program.js';
import { send } from '../support/wire-person.js';

jest.setTimeout(60_000);

let folder: Awaited<ReturnType<typeof workingFolder>>;
const begun: Program[] = [];

beforeEach(async () => {
  folder = await workingFolder();
});

afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

/** A server with one person on it. */
async function serveAna(settings?: Record<string, string>) {
  const server = await Program.serve(folder.path, settings);
  begun.push(server);
  const input = { username: 'Ana', password: 'correct horse battery' };
  const { userRegister } = await send(server, UserRegisterDocument, { input });
  return { server, token: userRegister.token };
}

async function roleOf(token: string, { url }: { readonly url: string }): Promise<string | null | undefined> {
  const { me } = await send({ url, token }, MeDocument, {});
  return me?.role;
}

const promote = (username: string, settings?: Record<string, string>): Promise<Ending> =>
  Program.run(['admin', 'promote', username], folder.path, settings);

describe('chatset admin promote', () => {
  it('makes somebody site admin while the server runs', async () => {
    const { server, token } = await serveAna();
    expect(await roleOf(token, server)).toBe('USER');
    expect(await promote('ana')).toEqual({ code: 0, stdout: 'ana is site admin.\n', stderr: '' });
    expect(await roleOf(token, server)).toBe('ADMIN');
  });

  it('is undone by demote', async () => {
    const { server, token } = await serveAna();
    await promote('ana');
    const demoted = await Program.run(['admin', 'demote', 'Ana'], folder.path);
    expect(demoted).toEqual({ code: 0, stdout: 'ana is not site admin.\n', stderr: '' });
    expect(await roleOf(token, server)).toBe('USER');
  });

  it('makes somebody site admin while the server is stopped', async () => {
    const { server, token } = await serveAna();
    await server.interrupt();
    expect(await promote('ANA')).toEqual({ code: 0, stdout: 'ana is site admin.\n', stderr: '' });
    const again = await Program.serve(folder.path);
    begun.push(again);
    expect(await roleOf(token, again)).toBe('ADMIN');
  });

  it('uses the database of MONGODB_URI when there is one', async () => {
    const database = await startEmbeddedMongo({ dataDir: `${folder.path}/elsewhere` });
    const settings = { MONGODB_URI: database.uri };
    const { server, token } = await serveAna(settings);
    expect(await promote('ana', settings)).toMatchObject({ code: 0, stderr: '' });
    expect(await roleOf(token, server)).toBe('ADMIN');
    await server.interrupt();
    await database.stop();
  });

  it('says that nobody has the username', async () => {
    await serveAna();
    const { code, stdout, stderr } = await promote('nadie');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'chatset: Nobody in ./data has the username "nadie". Register the person first, or check the spelling.\n',
    );
  });

  it('makes no data folder where there is none', async () => {
    const first = await promote('ana');
    expect(first.code).toBe(1);
    expect(first.stderr).toBe('chatset: There is no data in ./data yet. Start the server first, or set DATA_DIR.\n');
    expect((await promote('ana')).stderr).toBe(first.stderr);
  });

  it('says which settings cannot be read', async () => {
    const { code, stderr } = await promote('ana', { USER_DIRECTORY: 'ajar' });
    expect(code).toBe(1);
    expect(stderr).toContain('USER_DIRECTORY must be one of open, closed; it is "ajar".');
  });
});
