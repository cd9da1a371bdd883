import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { withGenerated } from './markdown.js';
import { metricsTable } from './metrics-table.js';
import { operationTable } from './operation-table.js';
import { reasonsTable } from './reasons-table.js';
import { settingsTable } from './settings-table.js';

/** A part that is written from the code. */
const parts = {
  operations: operationTable,
  settings: settingsTable,
  metrics: metricsTable,
  reasons: reasonsTable,
} as const satisfies Record<string, (schema: GraphQLSchema) => string>;

/** Documents that hold generated parts, from the root of the repository, with the parts that each holds. */
const documents = {
  'README.md': ['operations', 'settings'],
  'docs/settings.md': ['settings'],
  'docs/operations.md': ['metrics'],
  'docs/clients.md': ['reasons'],
} as const satisfies Record<string, readonly (keyof typeof parts)[]>;

type DocumentPath = keyof typeof documents;

export const generatedDocuments = Object.keys(documents) as DocumentPath[];

/** A document as it should be: its hand-written text with its generated parts made anew. */
export function documentText(path: DocumentPath, schema: GraphQLSchema): string {
  const made = documents[path].map((name) => [name, parts[name](schema)] as const);
  return withGenerated(readFileSync(path, 'utf8'), Object.fromEntries(made));
}
