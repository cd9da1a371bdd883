import { jest } from '@jest/globals';
import { existsSync } from 'node:fs';
import { appendFile, cp, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoginDocument, MessagesDocument, UserRegisterDocument } from '../../src/generated/operations.js';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.js';
import { importData } from '../../src/embedded-mongo/tools/index.js';
import { buildGroup, sayAll } from '../support/builders.js';
import { type Ending, Program, workingFolder } from '../support/program.js';
import { Person, send } from '../support/wire-person.js';

jest.setTimeout(90_000);

const password = 'correct horse battery';
const said = ['one', 'dos', 'τρία', '四'];
let folder: Awaited<ReturnType<typeof workingFolder>>;
let seed: typeof folder;
let group: string;
const begun: { kill(): Promise<void> }[] = [];

const run = (args: readonly string[], settings?: Record<string, string>): Promise<Ending> =>
  Program.run(args, folder.path, settings);

async function serve(settings?: Record<string, string>): Promise<Program & { readonly url: string }> {
  const server = await Program.serve(folder.path, settings);
  begun.push(server);
  return server;
}

/** What Ana reads on a server. */
async function read(server: { readonly url: string }): Promise<string[]> {
  const { login } = await send(server, LoginDocument, { input: { username: 'ana', password } });
  const reader = { url: server.url, token: login.token };
  const { messages } = await send(reader, MessagesDocument, { conversationId: group, first: 50 });
  return messages.edges.map(({ node }) => node.content);
}

beforeAll(async () => {
  seed = folder = await workingFolder();
  const server = await serve();
  const { userRegister } = await send(server, UserRegisterDocument, { input: { username: 'ana', password } });
  const ana = new Person(server.url, { ...userRegister.user, token: userRegister.token, password });
  group = await buildGroup(ana, []);
  await sayAll(ana, group, said);
  await server.interrupt();
  await run(['export']);
});
afterAll(() => seed.remove());

/** Every test has the data of one server, and what was exported of it. */
beforeEach(async () => {
  folder = await workingFolder();
  await cp(seed.path, folder.path, { recursive: true });
});
afterEach(async () => {
  await Promise.all(begun.splice(0).map((program) => program.kill()));
  await folder.remove();
});

describe('chatset export and import', () => {
  it('carry everything into another data folder', async () => {
    const exported = await run(['export', 'again']);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toMatch(/^users: 1 documents$/m);
    expect(await run(['import', 'again'], { DATA_DIR: 'other' })).toEqual(exported);
    expect(await read(await serve({ DATA_DIR: 'other' }))).toEqual(said);
  });

  it('carry everything from the embedded database to the one of MONGODB_URI, and back', async () => {
    const mongo = await startEmbeddedMongo({ dataDir: join(folder.path, 'mongo') });
    begun.push({ kill: () => mongo.stop() });
    const settings = { MONGODB_URI: mongo.uri };
    expect(await run(['import'], settings)).toMatchObject({ code: 0, stderr: '' });
    const server = await serve(settings);
    expect(await read(server)).toEqual(said);
    await server.interrupt();
    expect(await run(['export', 'back'], settings)).toMatchObject({ code: 0 });
    const files = (name: string) => join(folder.path, name, 'chatset', 'users.bson');
    expect(await readFile(files('back'))).toEqual(await readFile(files('dump')));
  });

  it('write what the tools of the database read', async () => {
    const dataDir = join(folder.path, 'by-tools');
    await importData(dataDir, join(folder.path, 'dump'));
    expect(await read(await serve({ DATA_DIR: dataDir }))).toEqual(said);
  });

  it('refuse a database that is not empty, and replace it when told', async () => {
    const refused = await run(['import']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^chatset: The database is not empty: \w+ holds documents\. .+ --drop\.\n$/);
    expect(await run(['import', '--drop'])).toMatchObject({ code: 0, stderr: '' });
    expect(await read(await serve())).toEqual(said);
  });

  it('refuse a folder that holds a dump already, and data that a server has open', async () => {
    expect((await run(['export'])).stderr).toBe(
      'chatset: dump/chatset is there already. Name another folder, or move it away.\n',
    );
    await serve();
    for (const command of [['export', 'elsewhere'], ['import']]) {
      const { code, stderr } = await run(command);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^chatset: The data folder \S+ is in use by process \d+\. .+\n$/);
    }
    expect(existsSync(join(folder.path, 'elsewhere'))).toBe(false);
  });

  it('look through the whole dump before they write anything', async () => {
    const dump = join(folder.path, 'dump/chatset');
    const users = join(dump, 'users.bson');
    const whole = await readFile(users);
    const faults: [string, () => Promise<void>][] = [
      ['it ends in the middle of a document', () => truncate(users, whole.length - 3)],
      ['it holds a document of 1 bytes', () => appendFile(users, Buffer.from([1, 0, 0, 0]))],
      ['damaged', () => appendFile(users, Buffer.from([6, 0, 0, 0, 99, 0]))],
    ];
    for (const [fault, spoil] of faults) {
      await writeFile(users, whole);
      await spoil();
      const { code, stderr } = await run(['import', '--drop']);
      expect(code).toBe(1);
      expect(stderr).toContain(fault);
      expect(stderr).toMatch(/^chatset: \S+users\.bson is damaged: .+ Write the dump again\.\n$/);
    }
    expect(await read(await serve())).toEqual(said);
  });

  it('say what is wrong with a folder', async () => {
    expect((await run(['import', 'nowhere'], { DATA_DIR: 'new' })).stderr).toMatch(
      /^chatset: There is no folder nowhere\./,
    );
    expect((await run(['import', 'data'], { DATA_DIR: 'new' })).stderr).toMatch(
      /^chatset: data holds no \.bson files\./,
    );
    expect(existsSync(join(folder.path, 'new'))).toBe(false);
    expect((await run(['export'], { DATA_DIR: 'nowhere' })).stderr).toMatch(
      /^chatset: There is no data in nowhere yet\./,
    );
  });
});
