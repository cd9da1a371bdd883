import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, Kind, parse } from 'graphql';
import { documentedEvents } from '../../src/docs/documented-events.js';
import { withGenerated } from '../../src/docs/markdown.js';
import { operationTable } from '../../src/docs/operation-table.js';

const schemaFolder = new URL('../../../schema/', import.meta.url);
const sdl = readFileSync(new URL('schema.graphql', schemaFolder), 'utf8');

/** The root fields that the operation documents run. */
function fieldsWithDocument(): Set<string> {
  const folder = new URL('operations/', schemaFolder);
  const documents = readdirSync(folder).map((file) => parse(readFileSync(new URL(file, folder), 'utf8')));
  const operations = documents.flatMap(({ definitions }) =>
    definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION),
  );
  const selections = operations.flatMap(({ selectionSet }) => selectionSet.selections);
  return new Set(selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : [])));
}

describe('the table of operations', () => {
  it('has a row for each event, with the fields of each kind in their own column', () => {
    const table = operationTable(buildSchema(sdl));
    expect(table.split('\n')).toHaveLength(documentedEvents.length + 2);
    expect(table).toMatch(
      /^\| message add +\| – +\| `messageAdd` +\| `messageAdded` +\| `message add`, `new message` +\| `POST \/messages`, `POST \/conversations\/:conversationId\/messages` +\|$/m,
    );
    expect(table).toMatch(/^\| connection .*`login` +\| `POST \/sessions` +\|$/m);
  });

  it('names only fields that an operation document runs', () => {
    const known = fieldsWithDocument();
    expect(documentedEvents.flatMap(({ fields }) => fields).filter((field) => !known.has(field))).toEqual([]);
  });

  it('refuses a schema that lacks a documented field', () => {
    const without = sdl.replace(/^ {2}messageAdd\(/m, '  messageSay(');
    expect(() => operationTable(buildSchema(without))).toThrow('Documented, but not in the schema: messageAdd.');
  });

  it('refuses a schema with a field that no event documents', () => {
    const more = `${sdl}\nextend type Query { weather: String }`;
    expect(() => operationTable(buildSchema(more))).toThrow('In the schema, but in no documented event: weather.');
  });
});

describe('the generated parts of a document', () => {
  it('are replaced between their markers, and nothing else is', () => {
    const text = 'before\n<!-- a:begin -->\n\nold\n\n<!-- a:end -->\nafter';
    const filled = withGenerated(text, { a: 'new' });
    expect(filled).toBe('before\n<!-- a:begin -->\n\nnew\n\n<!-- a:end -->\nafter');
    expect(withGenerated(filled, { a: 'new' })).toBe(filled);
  });

  it('need their markers', () => {
    expect(() => withGenerated('<!-- a:end --> <!-- a:begin -->', { a: 'new' })).toThrow('<!-- a:begin -->');
  });
});
