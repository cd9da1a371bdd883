import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { about } from '../../about.js';
import { oldTexts } from '../envelope.js';
import type { Given, Route } from '../operation.js';
import type { Operations, Row } from '../operations.js';
import { fromText } from '../variables.js';
import { bodyFault, bodyOf, isForm, readBodies } from './bodies.js';
import { assertNotForged, type Callers } from './callers.js';
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
  const router = express.Router();
  router.get('/', (_request, response) => void response.json(about));
  for (const [at, choices] of routesOf(operations)) {
    const [method = '', path = ''] = at.split(' ');
    const answer = answering(choices, { operations, callers });
    router[method.toLowerCase() as 'get'](path, ...readBodies, answer);
  }
  router.use(notFound);
  router.use(failed(operations));
  return router;
}

const notFound: RequestHandler = (request, response, next) => {
  // Express says by itself which methods a path has.
  if (request.method === 'OPTIONS') next();
  else response.status(404).type('html').send(oldTexts.notFound);
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
    reply(response, await operations.run(choice.row, given, asker), choice.route);
  };
}

/** What the path says goes before the body, and the body before the query. Unknown words of a query mean nothing. */
function givenOf({ row, route }: Choice, request: Request, body: Given): Given {
  const given: Record<string, unknown> = { ...(isForm(request) ? fromForm(row, body) : body), ...route.with };
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

function failed(operations: Operations): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express tells error handlers from others by their four parameters.
  return (error: unknown, request, response: Response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = String(response.getHeader('x-request-id'));
    const caller = { address: request.ip ?? '', protocol: 'rest', requestId } as const;
    reply(response, operations.refuse(undefined, bodyFault(error) ?? error, caller));
  };
}
