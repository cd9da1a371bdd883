import { readdirSync, readFileSync } from 'node:fs';
import { type DocumentNode, parse, separateOperations } from 'graphql';

const folder = new URL('../../../schema/operations/', import.meta.url);

const documents = separateOperations(
  parse(
    readdirSync(folder)
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n'),
    { noLocation: true },
  ),
);

/** Every published operation by its name, each with the fragments that it needs. */
export function operation(name: string): DocumentNode {
  const document = documents[name];
  if (!document) throw new Error(`schema/operations has no operation ${name}.`);
  return document;
}
