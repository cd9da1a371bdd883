import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../../src/config.js';
import { generatedDocuments } from '../../src/docs/generated-documents.js';

const emitter = fileURLToPath(new URL('../../src/emit.js', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

function emit(folder: string, ...args: string[]): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [emitter, ...args], { cwd: folder }, (error, _stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stderr }),
    );
  });
}

describe('the emitted files', () => {
  it('that are committed are up to date with the code', async () => {
    expect(await emit(root, '--check')).toEqual({ code: 0, stderr: '' });
  });

  it('are written, and checked with a plain sentence where one is behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chatset-emit-'));
    await mkdir(join(folder, 'docs'));
    for (const document of generatedDocuments) await copyFile(join(root, document), join(folder, document));
    expect(await emit(folder)).toEqual({ code: 0, stderr: '' });
    await writeFile(join(folder, 'schema/schema.graphql'), 'type Query { old: String }');
    expect(await emit(folder, '--check')).toEqual({
      code: 1,
      stderr: 'Not up to date with the code: schema/schema.graphql. Run "npm run emit" and commit the result.\n',
    });
    await rm(folder, { recursive: true });
  }, 60_000);

  it('show every setting with its default', async () => {
    const text = await readFile(join(root, '.env.example'), 'utf8');
    for (const { variable, fallback } of Object.values(settings))
      expect(text).toContain(`\n# ${variable}=${fallback}\n`);
  });
});
