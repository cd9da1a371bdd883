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
  sentencesOf,
} from './described-table.js';
import { about } from '../../about.js';
import { exampleOf } from './examples.js';
import { givenSchema, inputSchema, needsSomething, type DescribedRow, type JsonSchema } from './input-schema.js';
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
  const table = byRoute(describedTable(schema));
  const paths: Record<string, Record<string, unknown>> = { '/': { get: description } };
  for (const [at, described] of table) {
    const [method = '', path = ''] = at.split(' ');
    const item = { ...paths[path], [method.toLowerCase()]: operationObject(described, skeletons) };
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
    tags: tagsOf(table),
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

const words = Object.keys(about).map((name) => [name, { type: 'string' }]);
const description = {
  operationId: 'getDescription',
  tags: ['server'],
  summary: 'What runs here',
  description: 'Name, version and author of the server.',
  security: [],
  responses: {
    200: {
      description: 'Name, version and author.',
      content: {
        [json]: { schema: { type: 'object', properties: Object.fromEntries(words) as object, examples: [about] } },
      },
    },
  },
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

/** The chapters of the document, each with the name that people read. */
function tagsOf(table: ReadonlyMap<string, readonly Described[]>): object[] {
  const used = [...table.values()].flatMap((described) => described.map(({ route }) => tagOf(route)));
  const names = new Set([...description.tags, ...used]);
  return [...names].map((name) => ({ name, 'x-displayName': name.charAt(0).toUpperCase() + name.slice(1) }));
}

function tagOf({ path }: Route): string {
  return path.split('/')[1] ?? '';
}

function operationObject(described: readonly Described[], skeletons: Skeletons): object {
  const [first] = described;
  if (!first) return {};
  const { route } = first;
  const rows = described.map(({ row }) => row);
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:]+(\w)/g, (_text, letter: string) => letter.toUpperCase())}`,
    tags: [tagOf(route)],
    summary: [...new Set(described.map((one) => one.route.title ?? one.row.title))].join(' or '),
    description: sentencesOf(rows),
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
      if (isOpen) for (const name of property.names.slice(1)) found.set(name, furtherName(property, name));
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

function furtherName({ name, type }: Property, further: string): object {
  const schema = withoutNull(inputSchema(type));
  return { name: further, in: 'query', required: false, description: `The same as ${name}.`, schema };
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
  const required = bodies.every((body) => needsSomething(body.schema));
  return { requestBody: { required, content: { [json]: { schema, examples }, [form]: { schema } } } };
}

interface AnyResponse {
  readonly description: string;
  readonly headers?: object;
  readonly content: Record<string, { schema: JsonSchema }>;
}

const etag = { description: 'Changes with the answer; send it as If-None-Match.', schema: { type: 'string' } };
const link = {
  description:
    'The addresses of the pages beside this one, as rel="next" and rel="prev" (RFC 8288). Absent when there is none.',
  schema: { type: 'string' },
};
const notModified = {
  description: 'Nothing is new since the answer with the ETag in If-None-Match.',
  headers: { ETag: etag },
};

/** What is said beside the body of a read. */
function headersOf({ row, route }: Described): { headers?: object } {
  if (route.method !== 'GET') return {};
  return { headers: { ETag: etag, ...((row.plan.has('after') || row.plan.has('before')) && { Link: link }) } };
}

function responsesOf(described: readonly Described[], skeletons: Skeletons): Record<string, object> {
  const responses: Record<string, AnyResponse> = {};
  for (const { row, route } of described) {
    const status = String(route.old ? 200 : row.status);
    const type = route.old?.type === 'html' ? 'text/html' : json;
    const schema = answerSchema(skeletons, row, route);
    const known = responses[status]?.content[type]?.schema;
    const response = responses[status] ?? { description: 'Done.', content: {}, ...headersOf({ row, route }) };
    response.content[type] = { schema: known ? { anyOf: [known, schema] } : schema };
    responses[status] = response;
  }
  const isRead = described.some(({ route }) => route.method === 'GET');
  return isRead ? { ...responses, 304: notModified } : responses;
}
