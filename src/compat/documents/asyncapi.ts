import { OperationTypeNode, type GraphQLSchema } from 'graphql';
import { success } from '../answer.js';
import type { OldEvent } from '../operation.js';
import { operationOf } from '../variables.js';
import { entries, followed, notices } from '../table/pushes.js';
import { answerSchema, camelCase, describedTable, errorSchema, exampleGiven, sentencesOf } from './described-table.js';
import { givenSchema, inputSchema, type DescribedRow, type JsonSchema } from './input-schema.js';
import { pushSchemas } from './push-schemas.js';
import { schemaOf, Skeletons } from './skeleton.js';

const channel = { $ref: '#/channels/chat' };
const messageAt = (name: string): object => ({ $ref: `#/channels/chat/messages/${name}` });

/** What one event adds to the document. */
interface Part {
  readonly messages: Readonly<Record<string, object>>;
  readonly operations: Readonly<Record<string, object>>;
}

/** The document of the Socket.IO events (AsyncAPI 3.0), made from the table, the pushes and the schema. */
export function asyncapi(schema: GraphQLSchema, version: string): object {
  const skeletons = new Skeletons(schema);
  const rows = describedTable(schema);
  const requests = [...byEvent(rows)].map((some) => requestPart(some, skeletons));
  const parts = [...requests, failurePart, ...pushParts(skeletons, schema, rows)];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Chatset over Socket.IO',
      version,
      description:
        'Events for clients of Socket.IO 2 and 4. A request is answered by its acknowledgement, or without one by an event.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: {
      own: {
        host: 'localhost:3000',
        protocol: 'ws',
        pathname: '/sockets',
        description: 'Engine.IO 3 and 4; also at /socket.io. A token goes in auth.token or in the cookie sid.',
      },
    },
    channels: {
      chat: { address: '/', messages: Object.assign({}, ...parts.map(({ messages }) => messages)) as object },
    },
    operations: Object.assign({}, ...parts.map(({ operations }) => operations)) as object,
    components: { schemas: { Error: errorSchema, ...skeletons.components } },
  };
}

function byEvent(rows: readonly DescribedRow[]): Iterable<readonly DescribedRow[]> {
  const found = new Map<string, DescribedRow[]>();
  for (const row of rows) found.set(row.event, [...(found.get(row.event) ?? []), row]);
  return found.values();
}

function requestPart(rows: readonly DescribedRow[], skeletons: Skeletons): Part {
  const event = rows[0]?.event ?? '';
  const name = camelCase(event);
  const aliases = rows.flatMap((row) => row.aliases);
  const request = {
    name: event,
    title: [...new Set(rows.map((row) => row.title))].join(' or '),
    summary: sentencesOf(rows),
    ...(aliases.length > 0 && { description: `Also taken as: ${aliases.join(', ')}.` }),
    payload: oneOf(rows.flatMap((row) => [eventSchema(row), ...bareSchema(row)])),
    examples: rows.map((row) => ({
      name: camelCase(operationOf(row.document).name?.value ?? event),
      payload: { ...exampleGiven(row), ...(row.choice && { [row.choice.name]: row.choice.is }) },
    })),
  };
  const answers = rows.map((row) => (isStream(row) ? followAnswer : answerSchema(skeletons, row)));
  const answer = { name: event, payload: oneOf([...answers, { $ref: '#/components/schemas/Error' }]) };
  return {
    messages: { [`${name}Request`]: request, [`${name}Answer`]: answer },
    operations: {
      [name]: {
        action: 'receive',
        channel,
        messages: [messageAt(`${name}Request`)],
        reply: { channel, messages: [messageAt(`${name}Answer`)] },
      },
    },
  };
}

/** What an event takes for a row: what the row takes, and what says that this row is meant. */
function eventSchema(row: DescribedRow): JsonSchema {
  const schema = givenSchema(row) ?? { type: 'object' };
  if (!row.choice) return schema;
  const { name, is, description } = row.choice;
  const values: JsonSchema = is ? { enum: [true, null], default: true } : { const: false };
  const properties = { ...(schema.properties as object), [name]: { ...values, description } };
  const required = [...((schema.required as string[] | undefined) ?? []), ...(is ? [] : [name])];
  return { ...schema, properties, required };
}

/** The value that may stand for the object, as old programs send it. */
function bareSchema({ bare, plan }: DescribedRow): JsonSchema[] {
  const property = plan.properties.find(({ name }) => name === bare);
  if (!property) return [];
  const type = plan.isList(property.name) ? inputSchema(property.type) : { type: ['string', 'number'] };
  return [{ ...type, description: `Stands for an object with ${property.name}.` }];
}

const followAnswer: JsonSchema = {
  type: 'object',
  properties: { code: { const: 200 }, msg: { const: 'OK' }, data: { type: 'null' } },
  required: ['code', 'msg', 'data'],
};

function isStream({ document }: DescribedRow): boolean {
  return operationOf(document).operation === OperationTypeNode.SUBSCRIPTION;
}

function oneOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [first] = schemas;
  return schemas.length === 1 && first ? first : { anyOf: schemas };
}

function pushPart(event: string, payload: JsonSchema): Part {
  const name = `${camelCase(event)}Push`;
  return {
    messages: { [name]: { name: event, payload } },
    operations: { [name]: { action: 'send', channel, messages: [messageAt(name)] } },
  };
}

/** What is sent unasked, and what is sent in the shapes of old without an acknowledgement: some names are of both. */
function pushParts(skeletons: Skeletons, schema: GraphQLSchema, rows: readonly DescribedRow[]): Part[] {
  const pushes = [entries, followed, ...notices].flatMap((row) => [...pushSchemas(skeletons, schema, row)]);
  const found = new Map<string, JsonSchema[]>();
  for (const [event, payload] of [...pushes, ...oldShapes(skeletons, rows)]) {
    const known = found.get(event) ?? [];
    const isKnown = known.some((one) => JSON.stringify(one) === JSON.stringify(payload));
    found.set(event, isKnown ? known : [...known, payload]);
  }
  return [...found].map(([event, payloads]) => pushPart(event, oneOf(payloads)));
}

function oldShapes(skeletons: Skeletons, rows: readonly DescribedRow[]): (readonly [string, JsonSchema])[] {
  return rows.flatMap((row) => {
    const { oldEvent = 'silent' } = row;
    return oldEvent === 'silent' ? [] : [[oldEvent.name, oldSchema(skeletons, row, oldEvent)] as const];
  });
}

function oldSchema(skeletons: Skeletons, { document, reply, status }: DescribedRow, { of }: OldEvent): JsonSchema {
  const [full, bare] = (['full', 'bare'] as const).map((fullness) => {
    const { data } = success(status, reply(skeletons.data(document, fullness) as never, {}), false);
    return of(data as never)[0] ?? null;
  });
  return schemaOf(full, bare ?? full);
}

const failurePart = pushPart('exception', {
  ...errorSchema,
  properties: {
    event: { type: 'string', description: 'What was asked for.' },
    ...(errorSchema.properties as object),
  },
});
