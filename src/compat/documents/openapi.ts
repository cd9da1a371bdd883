import type { GraphQLSchema } from 'graphql';
import type { Route } from '../operation.js';
import { operationOf, type Property } from '../variables.js';
import {
  answerSchema,
  describedTable,
  errorSchema,
  exampleGiven,
  pathParameters,
  saidBy,
  sentenceOf,
} from './described-table.js';
import { exampleOf } from './examples.js';
import { givenSchema, inputSchema, type DescribedRow, type JsonSchema } from './input-schema.js';
import { Skeletons } from './skeleton.js';

interface Described {
  readonly row: DescribedRow;
  readonly route: Route;
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

/** The document of the REST API (OpenAPI 3.1), made from the table and the schema. */
export function openapi(schema: GraphQLSchema, version: string): object {
  const skeletons = new Skeletons(schema);
  const paths: Record<string, Record<string, unknown>> = { '/': { get: description } };
  for (const [at, described] of byRoute(describedTable(schema))) {
    const [method = '', path = ''] = at.split(' ');
    const item = { ...paths[path], [method.toLowerCase()]: operationObject(described, schema, skeletons) };
    paths[path] = item;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chatset over REST',
      version,
      description:
        'Conversations, messages, groups and people. What can be done here can be done over GraphQL and Socket.IO, too, with the same rights and the same errors.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema, ...skeletons.components },
      responses: {
        Error: { description: 'Refused.', content: { [json]: { schema: { $ref: '#/components/schemas/Error' } } } },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The token that POST /sessions answers.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid', description: 'Given to pages by POST /sessions.' },
      },
    },
  };
}

const description = {
  operationId: 'getDescription',
  tags: ['server'],
  summary: 'What runs here',
  security: [],
  responses: { 200: { description: 'Name and version.', content: { [json]: { schema: { type: 'object' } } } } },
};

function byRoute(rows: readonly DescribedRow[]): Map<string, Described[]> {
  const found = new Map<string, Described[]>();
  for (const row of rows) {
    for (const route of row.routes) {
      const at = `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`;
      found.set(at, [...(found.get(at) ?? []), { row, route }]);
    }
  }
  return found;
}

function operationObject(described: readonly Described[], schema: GraphQLSchema, skeletons: Skeletons): object {
  const [first] = described;
  if (!first) return {};
  const { route } = first;
  const sentences = new Set(described.flatMap((one) => sentenceOf(schema, one.row) ?? []));
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:]+(\w)/g, (_text, letter: string) => letter.toUpperCase())}`,
    tags: [route.path.split('/')[1]],
    summary: described.map((one) => operationOf(one.row.document).name?.value).join(' or '),
    ...(sentences.size > 0 && { description: [...sentences].join(' ') }),
    ...(described.every((one) => one.row.isPublic) && { security: [] }),
    parameters: parametersOf(described),
    ...requestOf(described),
    responses: { ...responsesOf(described, skeletons), default: { $ref: '#/components/responses/Error' } },
  };
}

function parametersOf(described: readonly Described[]): object[] {
  const found = new Map<string, object>();
  for (const { row, route } of described) {
    for (const property of row.plan.properties) {
      const isPath = pathParameters(route.path).includes(property.name);
      const isOpen = route.method === 'GET' && !saidBy(route, row).includes(property.name);
      if (isPath || isOpen) found.set(property.name, parameter(property, row.event, isPath));
      if (property.name === 'clientMessageId') found.set('Idempotency-Key', idempotencyKey);
    }
  }
  return [...found.values()];
}

function parameter({ name, type, description: text }: Property, event: string, isPath: boolean): object {
  const example = exampleOf(name, event);
  const schema = isPath ? { type: 'string' } : withoutNull(inputSchema(type));
  return {
    name,
    in: isPath ? 'path' : 'query',
    required: isPath,
    ...(text && { description: text }),
    schema,
    ...(example !== null && { example }),
  };
}

/** A query cannot hold null. */
function withoutNull({ type, anyOf, ...schema }: JsonSchema): JsonSchema {
  if (Array.isArray(anyOf)) return anyOf[0] as JsonSchema;
  return { type: Array.isArray(type) ? (type[0] as unknown) : type, ...schema };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Stands for clientMessageId: sending it again stores nothing twice.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
};

function requestOf(described: readonly Described[]): object {
  const bodies = described.flatMap(({ row, route }) => {
    if (route.method === 'GET') return [];
    const without = saidBy(route, row);
    const schema = givenSchema(row, without);
    return schema ? [{ schema, name: operationOf(row.document).name?.value, value: exampleGiven(row, without) }] : [];
  });
  const [first] = bodies;
  if (!first) return {};
  const schema = bodies.length === 1 ? first.schema : { anyOf: bodies.map((body) => body.schema) };
  const examples = Object.fromEntries(bodies.map(({ value }, at) => [`example${at + 1}`, { value }]));
  return { requestBody: { required: true, content: { [json]: { schema, examples }, [form]: { schema } } } };
}

function responsesOf(described: readonly Described[], skeletons: Skeletons): Record<string, object> {
  const responses: Record<string, { description: string; content: Record<string, { schema: JsonSchema }> }> = {};
  for (const { row, route } of described) {
    const status = String(route.old ? 200 : row.status);
    const type = route.old?.type === 'html' ? 'text/html' : json;
    const schema = answerSchema(skeletons, row, route);
    const known = responses[status]?.content[type]?.schema;
    const response = responses[status] ?? { description: 'Done.', content: {} };
    response.content[type] = { schema: known ? { anyOf: [known, schema] } : schema };
    responses[status] = response;
  }
  return responses;
}
