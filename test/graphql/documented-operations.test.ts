import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, print, separateOperations } from 'graphql';
import { composeRooms } from '../../src/app.js';
import { MemoryBus } from '../../src/bus/memory-bus.js';
import { readConfig } from '../../src/config.js';
import type { Collections } from '../../src/database/database.js';
import { Documents } from '../../src/graphql/documents.js';

const folder = new URL('../../../schema/operations/', import.meta.url);
const text = readdirSync(folder)
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const documents = Object.entries(separateOperations(parse(text)));
const { schema } = composeRooms({
  config: readConfig({}),
  collections: new Proxy({}, { get: () => ({}) }) as Collections,
  bus: new MemoryBus(),
  onError: () => undefined,
});

describe('the documented operations', () => {
  const known = new Documents(schema, false);

  it.each(documents)('%s fits the schema and the limits, as text and parsed', (name, document) => {
    expect(known.operation(document).id).toBe(known.operation(print(document), name).id);
  });

  it('are all named differently', () => {
    const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    expect(documents).toHaveLength(operations.length);
  });

  it.each(['ConversationFeed', 'MessageAdded', 'MessageReplied', 'TypingChanged', 'ReceiptChanged'])(
    '%s is executed once for all who follow',
    (name) => {
      const document = documents.find(([known]) => known === name)?.[1];
      expect(document && known.operation(document).viewerDependent).toBe(false);
    },
  );

  it('that say where a stream starts are shared by all who start elsewhere', () => {
    const positions = (name: string) => {
      const document = documents.find(([known]) => known === name)?.[1];
      return document && [...known.operation(document).positionVariables];
    };
    expect(positions('ConversationFeed')).toEqual(['known']);
    expect(positions('MessageAdded')).toEqual(['after']);
    expect(positions('Contacts')).toEqual(['after']);
  });
});
