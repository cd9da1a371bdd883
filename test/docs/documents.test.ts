import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { documentText, generatedDocuments } from '../../src/docs/generated-documents.js';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const documents = [
  ...['README.md', 'README.es.md', 'CHANGELOG.md'],
  ...readdirSync(new URL('docs/', root)).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
];
/** The first column of a table, without the code marks. */
const firstCells = (text: string): string[] => [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, cell]) => cell ?? '');

/** The anchors of a document's headings, as hosts of repositories make them. */
function anchorsOf(text: string): string[] {
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it.each(documents)('%s links to nothing in the repository that is not there', (path) => {
    const targets = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter((target) => !existsSync(new URL(join(dirname(path), target), root)));
    expect(missing).toEqual([]);
  });

  it.each(documents)('%s links to no heading that is not there', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)];
    const missing = links.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? path : join(dirname(path), file);
      return !anchorsOf(read(target)).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it.each(generatedDocuments)('%s holds what the code says', (path) => {
    expect(read(path)).toBe(documentText(path, buildSchema(read('schema/schema.graphql'))));
  });

  it('name every room of the code', () => {
    const rooms = readdirSync(new URL('src/', root), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${name}/`);
    const named = firstCells(read('docs/architecture.md')).filter((cell) => cell.endsWith('/'));
    expect(named.toSorted()).toEqual(rooms.toSorted());
  });

  it('name every rule about who may import whom', () => {
    const rules = createRequire(import.meta.url)('../../../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[];
    };
    const named = firstCells(read('docs/architecture.md')).filter((cell) => !cell.endsWith('/'));
    expect(named.toSorted()).toEqual(rules.forbidden.map(({ name }) => name).toSorted());
  });

  it('name the scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const used = documents.flatMap((path) =>
      [...read(path).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? ''),
    );
    expect(used.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
