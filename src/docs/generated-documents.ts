import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { withGenerated } from './markdown.js';
import { operationTable } from './operation-table.js';
import { settingsTable } from './settings-table.js';

/** Documents that hold generated parts, from the root of the repository. */
export const generatedDocuments = ['README.md'] as const;

/** A document as it should be: its hand-written text with its generated parts made anew. */
export function documentText(path: (typeof generatedDocuments)[number], schema: GraphQLSchema): string {
  const parts = { operations: operationTable(schema), settings: settingsTable() };
  return withGenerated(readFileSync(path, 'utf8'), parts);
}
