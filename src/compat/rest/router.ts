import express, { type Request, type RequestHandler, type Router } from 'express';
import { about } from '../../about.js';
import { isSuccess, renamed } from '../answer.js';
import { oldTexts } from '../envelope.js';
import type { Given, Route } from '../operation.js';
import type { Operations, Row } from '../operations.js';
import { fromText } from '../variables.js';
import { bodyOf, isForm, readBodies } from './bodies.js';
import { assertNotForged, type Callers } from './callers.js';
import { failing } from './failures.js';
import { reply } from './replies.js';

export interface RestParts {
  readonly operations: Operations;
  readonly callers: Callers;
}

/** A row where it is reached by one of its routes. */
interface Choice {
  readonly row: Row;
  readonly route: Route;
}

/** Where REST is served; the second is a typo of the first README. */
export const restPrefixes = ['/api/v1', '/ap1/v1'] as const;

/** Every route of the table, the description at its root, and the old answer for all else. */
export function restRouter({ operations, callers }: RestParts): Router {
  const [router, routes] = [express.Router(), express.Router()];
  routes.get('/', (_request, response) => void response.json(about));
  for (const [at, choices] of routesOf(operations)) {
    const [method = '', path = ''] = at.split(' ');
    const answer = answering(choices, { operations, callers });
    routes[method.toLowerCase() as 'get'](path, ...readBodies, answer);
  }
  // What a router has no route for goes on, but OPTIONS of paths that it has.
  router.use(routes);
  router.use(notFound);
  router.use(failing(operations, (response, told) => reply(response, told)));
  return router;
}

const notFound: RequestHandler = (_request, response) => {
  response.status(404).type('html').send(oldTexts.notFound);
};

/** Rows by method and path; paths with parameters come after those without. */
function routesOf({ rows }: Operations): [at: string, choices: Choice[]][] {
  const byRoute = new Map<string, Choice[]>();
  for (const row of rows) {
    for (const route of row.routes) {
      const at = `${route.method} ${route.path}`;
      byRoute.set(at, [...(byRoute.get(at) ?? []), { row, route }]);
    }
  }
  return [...byRoute].sort(([one], [other]) => parametersIn(one) - parametersIn(other));
}

const parametersIn = (at: string): number => at.split(':').length;

function answering(choices: readonly Choice[], { operations, callers }: RestParts): RequestHandler {
  return async (request, response) => {
    const asker = await callers.of(request, response);
    assertNotForged(request);
    const body = bodyOf(request);
    const all = { ...request.query, ...body, ...request.params };
    const choice = choices.find(({ row }) => !row.when || choices.length === 1 || row.when(all)) ?? choices.at(-1);
    if (!choice) return;
    const given = givenOf(choice, request, body);
    const answer = await operations.run(choice.row, given, asker);
    reply(response, isSuccess(answer) ? answer : renamed(answer, headersIn(given, request)), choice.route);
  };
}

/** What the path says goes before the body, and the body before the query. */
function givenOf({ row, route }: Choice, request: Request, body: Given): Given {
  const inBody = isForm(request) ? fromForm(row, body) : body;
  const given: Record<string, unknown> = { ...unknownWords(row, request), ...inBody, ...route.with };
  for (const property of row.plan.properties) {
    const { name, names } = property;
    const inPath = request.params[name];
    const word = names.find((candidate) => Object.hasOwn(request.query, candidate));
    if (inPath !== undefined) given[name] = fromText(property, inPath);
    else if (names.some((candidate) => Object.hasOwn(given, candidate))) continue;
    else if (word !== undefined) given[name] = fromText(property, request.query[word]);
  }
  const key = idempotencyKeyOf(request);
  if (key !== undefined && row.plan.has('clientMessageId')) given.clientMessageId ??= key;
  return given;
}

/** They are refused with what is unknown in a body; but `_`, by which pages keep a browser from answering by itself. */
function unknownWords({ plan }: Row, { query }: Request): Given {
  const known = new Set(['_', ...plan.properties.flatMap(({ names }) => names)]);
  return Object.fromEntries(Object.entries(query).filter(([word]) => !known.has(word)));
}

/** The header from which a property was taken. */
function headersIn({ clientMessageId }: Given, request: Request): ReadonlyMap<string, string> {
  const key = idempotencyKeyOf(request);
  return new Map(key !== undefined && key === clientMessageId ? [['clientMessageId', 'Idempotency-Key']] : []);
}

/** The header may hold its text in quotation marks, as structured fields do (RFC 9651). */
function idempotencyKeyOf(request: Request): string | undefined {
  const text = request.get('idempotency-key');
  return /^"(.*)"$/.exec(text ?? '')?.[1] ?? text;
}

function fromForm({ plan }: Row, body: Given): Given {
  const propertyOf = (word: string) => plan.properties.find(({ names }) => names.includes(word));
  return Object.fromEntries(
    Object.entries(body).map(([word, text]) => {
      const property = propertyOf(word);
      return [word, property ? fromText(property, text) : text];
    }),
  );
}
