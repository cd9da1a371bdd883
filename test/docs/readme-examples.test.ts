import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startChatset, type TestServer } from '../support/chatset.js';
import { eventually } from '../support/eventually.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

/** The only block of code of a language, against another server than the one of the text. */
function example(language: string, { url }: TestServer): string {
  const [, block = ''] = new RegExp(`\`\`\`${language}\n([^]+?)\`\`\``).exec(readme) ?? [];
  return block.replaceAll('http://127.0.0.1:3000', url).replaceAll('ws://127.0.0.1:3000', url.replace('http', 'ws'));
}

const shell = (script: string) => promisify(execFile)('sh', ['-euc', script]);

describe('the examples of the README', () => {
  let server: TestServer;
  const program = `${root}dist/readme-example.mjs`;
  beforeAll(async () => {
    server = await startChatset();
  });
  afterAll(async () => {
    await server.stop();
    await rm(program, { force: true });
  });

  it('send a message when pasted into a shell, and let another person listen', async () => {
    const first = await shell(`${example('sh', server)}\necho "$LEO" "$CHAT" "$ANA"`);
    expect(first.stdout).toContain("{ seq: 1, content: 'Hola, Leo' }");
    const [leo = '', chat = '', ana = ''] = first.stdout.trim().split('\n').at(-1)?.split(' ') ?? [];

    await writeFile(program, example('js', server));
    const listener = spawn(process.execPath, [program, leo]);
    let heard = '';
    listener.stdout.on('data', (text: Buffer) => (heard += text.toString()));
    await eventually(() => expect(heard).toContain('FeedCaughtUp'));
    const [functionOnly = ''] = example('sh', server).split('ANA=');
    const query = `mutation { messageAdd(input: { conversationId: \\"${chat}\\", content: \\"Otra vez\\" }) { message { seq } } }`;
    await shell(`${functionOnly}\ngql ${ana} "${query}" messageAdd.message.seq`);
    await eventually(() => expect(heard).toContain('"content":"Otra vez","from":{"username":"ana"}'));
    listener.kill();
  });

  it('say that the names are taken, and stop', async () => {
    const refused: unknown = await shell(example('sh', server)).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^This username belongs.*\n$/) as string,
    });
  });
});
