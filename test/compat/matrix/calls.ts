import { print } from 'graphql';
import { httpStatusByCode, type ErrorCode } from '../../../src/errors.js';
import type { Given, Operation, Route } from '../../../src/compat/operation.js';
import { operationOf, VariablePlan } from '../../../src/compat/variables.js';
import { success } from '../../../src/compat/answer.js';
import { rest } from '../../support/rest.js';
import { schema } from './schema.js';
import type { Caller } from './world.js';

/** What a protocol answered: the number of the code, and the data of a success. */
export interface Called {
  readonly code: number;
  readonly data?: unknown;
}

/** Runs rows over one protocol. */
export type Call = (row: Operation, given: Given, caller: Caller | { readonly url: string }) => Promise<Called>;

const urlOf = (caller: Parameters<Call>[2]): string => ('url' in caller ? caller.url : caller.person.url);
const tokenOf = (caller: Parameters<Call>[2]): string | undefined =>
  'url' in caller ? undefined : caller.person.token;

/** What a row is called in verdicts and scenarios. */
export function keyOf(row: Operation): string {
  return `${row.event}: ${operationOf(row.document).name?.value ?? ''}${row.routes[0]?.old?.type === 'html' ? ' of old' : ''}`;
}

export const overGraphql: Call = async (row, given, caller) => {
  const plan = new VariablePlan(schema, row);
  const adapted = row.adapt ? row.adapt(given, { userId: 'url' in caller ? '' : caller.person.id }) : given;
  const token = tokenOf(caller);
  const response = await fetch(`${urlOf(caller)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: print(row.document), variables: plan.variables(adapted) }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { extensions: { code: ErrorCode } }[] };
  if (errors?.[0]) return { code: httpStatusByCode[errors[0].extensions.code] };
  return { code: row.status, data: success(row.status, row.reply(data as never, given), false).data };
};

export const overSocket: Call = async ({ event, choice }, given, caller) => {
  if ('url' in caller) throw new Error('Nobody has no socket here.');
  const { code, data } = await caller.socket.ask(event, { ...given, ...(choice && { [choice.name]: choice.is }) });
  return { code, data };
};

export const overRest: Call = async (row, given, caller) => {
  const route = routeFor(row, given);
  const { at, others } = addressed(route, given);
  const isRead = route.method === 'GET';
  const query = isRead
    ? new URLSearchParams(Object.entries(others).map(([name, value]): [string, string] => [name, String(value)]))
    : '';
  const address = query.toString() === '' ? at : `${at}?${query.toString()}`;
  const body = isRead || Object.keys(others).length === 0 ? undefined : others;
  const answer = await rest(urlOf(caller), address, { token: tokenOf(caller), body });
  if (answer.status >= 400) return { code: answer.status };
  if (!route.old) return { code: answer.status, data: answer.body.data };
  return { code: answer.status, data: route.old.type === 'html' ? answer.text : (JSON.parse(answer.text) as unknown) };
};

/** What a route must answer, given what the schema answers. */
export function expectedOfRest({ routes: [route] }: Operation, data: unknown): unknown {
  return route?.old ? JSON.parse(JSON.stringify(route.old.of(data as never))) : data;
}

/** The first route whose address can be written with what is given. */
function routeFor({ event, routes }: Operation, given: Given): Route {
  const route = routes.find(({ path }) =>
    [...path.matchAll(/:(\w+)/g)].every(([, name]) => Object.hasOwn(given, name!)),
  );
  if (!route) throw new Error(`${event} has no route for what is given.`);
  return route;
}

function addressed({ method, path }: Route, given: Given): { at: string; others: Given } {
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const filled = path.replace(/:(\w+)/g, (_text, name: string) => encodeURIComponent(String(given[name])));
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !inPath.has(name)));
  return { at: `${method} ${filled}`, others };
}

/** The same value with ids, times and secrets replaced by the order in which they are met. */
export function comparable(value: unknown): unknown {
  const seen = new Map<string, string>();
  const named = (kind: string) => (text: string) => {
    const name = seen.get(text) ?? `${kind} ${seen.size}`;
    seen.set(text, name);
    return name;
  };
  const text = JSON.stringify(value ?? null)
    .replace(/\b[0-9a-f]{24}\b/g, named('id'))
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
    .replace(/"token":"[^"]+"/g, '"token":"secret"')
    .replace(/"userAgent":"?[^",}]+"?/g, '"userAgent":"some"')
    .replace(/\bnew-\d+\b/g, named('newcomer'));
  return JSON.parse(text) as unknown;
}
