import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { composeRooms } from './app.js';
import { MemoryBus } from './bus/memory-bus.js';
import { about } from './about.js';
import { asyncapi } from './compat/documents/asyncapi.js';
import { openapi } from './compat/documents/openapi.js';
import { readConfig } from './config.js';
import type { Collections } from './database/database.js';
import { exampleVariables } from './docs/example-variables.js';
import { documentText, generatedDocuments } from './docs/generated-documents.js';
import { envExample } from './env-example.js';
import { printSdl } from './graphql/schema.js';

/** A committed file that is written from the code. */
interface Artefact {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: () => string;
}

const artefacts: readonly Artefact[] = [
  { path: 'schema/schema.graphql', content: schemaText },
  { path: 'schema/openapi.json', content: () => jsonText(openapi(schemaOfRooms(), about.version)) },
  { path: 'schema/asyncapi.json', content: () => jsonText(asyncapi(schemaOfRooms(), about.version)) },
  { path: 'schema/examples.json', content: () => jsonText(exampleVariables(schemaOfRooms())) },
  { path: '.env.example', content: envExample },
  ...generatedDocuments.map((path) => ({ path, content: () => documentText(path, schemaOfRooms()) })),
];

/** Stands in for the database: rooms may hold its collections, and nothing is asked of them. */
const noCollections = new Proxy({}, { get: () => ({}) }) as Collections;

/** Nothing is executed, so the rooms are put together over no database at all. */
function schemaOfRooms(): GraphQLSchema {
  const { schema } = composeRooms({
    config: readConfig({}),
    collections: noCollections,
    bus: new MemoryBus(),
    onError: (error) => {
      throw error;
    },
  });
  return schema;
}

function schemaText(): string {
  return printSdl(schemaOfRooms());
}

function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function isUpToDate({ path, content }: Artefact): boolean {
  return existsSync(path) && readFileSync(path, 'utf8') === content();
}

function write({ path, content }: Artefact): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content());
}

/** `node dist/src/emit.js` writes every artefact; with `--check` it only says which ones are behind the code. */
function main(args: readonly string[]): void {
  const behind = artefacts.filter((artefact) => !isUpToDate(artefact));
  if (!args.includes('--check')) {
    behind.forEach(write);
    return;
  }
  if (behind.length === 0) return;
  const paths = behind.map(({ path }) => path).join(', ');
  process.stderr.write(`Not up to date with the code: ${paths}. Run "npm run emit" and commit the result.\n`);
  process.exitCode = 1;
}

main(process.argv.slice(2));
