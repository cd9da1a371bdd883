import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { httpStatusByCode } from '../../src/errors.js';
import { buildDirect, say } from '../support/builders.js';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(`${root}docs/clients.md`, 'utf8');

/** The names of an interface's members, as the library declares them. */
function membersOf(name: string): string[] {
  const source = readFileSync(`${root}src/client/types.ts`, 'utf8');
  const { statements } = ts.createSourceFile('types.ts', source, ts.ScriptTarget.ES2022);
  const declared = statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  return (declared?.members ?? []).map((member) => (member.name as ts.Identifier).text);
}

describe('the example of the client library', () => {
  let server: TestServer;
  const program = `${root}dist/clients-example.mjs`;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(async () => {
    await server.stop();
    await rm(program, { force: true });
  });

  it('shows what others say and sends what is typed, as pasted', async () => {
    const [ana, leo] = await server.people('ana', 'leo');
    const chat = await buildDirect(ana, leo);
    const [, example = ''] = /```js\n([^]+?)```/.exec(text) ?? [];
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(20);
    await writeFile(program, example.replace('http://127.0.0.1:3000', server.url));
    const child = spawn(process.execPath, [program, leo.token, chat]);
    let shown = '';
    child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    await eventually(() => expect(shown).toContain('-- live'));
    await say(ana, chat, 'Hola, Leo');
    child.stdin.write('Hola, Ana\n');
    await eventually(() => expect(shown).toContain(`1 MESSAGE_ADDED ${ana.username}: Hola, Leo`));
    await eventually(() => expect(shown).toContain(`MESSAGE_ADDED ${leo.username}: Hola, Ana`));
    child.stdin.write(`${'x'.repeat(4_001)}\n`);
    await eventually(() => expect(shown).toContain('not sent: '));
    child.kill();
  });
});

describe('the document of the client library', () => {
  it.each([...membersOf('ChatClientOptions'), ...membersOf('ChatClientEvents')])('has a row for `%s`', (name) => {
    expect(text).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
  });

  it.each([...membersOf('ChatClient'), ...Object.keys(httpStatusByCode), 'NETWORK'])('speaks of `%s`', (name) => {
    expect(text).toMatch(new RegExp(`\`${name}[\`(]`));
  });
});
