import type { Request, Response } from 'express';
import { isSuccess, type Answer, type PageLinks } from '../answer.js';
import type { Route } from '../operation.js';

/** Writes the answer of a route. Express adds the ETag and answers 304 and HEAD. */
export function reply(response: Response, answer: Answer, route?: Route): void {
  const { req: request } = response;
  response.setHeader(
    'cache-control',
    request.method === 'GET' || request.method === 'HEAD' ? 'private, no-cache' : 'no-store',
  );
  response.vary('authorization').vary('cookie');
  if (!isSuccess(answer)) {
    if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
    if (answer.code === 401) response.setHeader('www-authenticate', 'Bearer');
    response.status(answer.code).json(answer);
    return;
  }
  link(response, answer.page, route);
  if (!route?.old) {
    response.status(answer.code).json(answer);
    return;
  }
  const body = route.old.of(answer.data as never);
  if (route.old.type === 'html') response.status(200).type('html').send(body);
  else response.status(200).json(body);
}

/** Says where the pages beside a list are. The page of something else is for another address to continue. */
function link(response: Response, page: PageLinks | undefined, route?: Route): void {
  if (!page || response.req.method === 'POST') return;
  const links = linksOf(response.req, page, route);
  if (Object.keys(links).length > 0) response.links(links);
}

/** Express writes them as `Link: <…>; rel="next"` (RFC 8288). */
function linksOf(request: Request, { next, previous }: PageLinks, route?: Route): Record<string, string> {
  const [later, earlier] = route?.old?.isNewestFirst ? (['prev', 'next'] as const) : (['next', 'prev'] as const);
  return {
    ...(next === null ? {} : { [later]: addressOf(request, { after: String(next) }) }),
    ...(previous === null ? {} : { [earlier]: addressOf(request, { before: String(previous) }) }),
  };
}

/** The same address for the neighbouring page, of the same size. */
function addressOf(request: Request, cursor: Readonly<Record<string, string>>): string {
  const { pathname, searchParams } = new URL(request.originalUrl, 'http://localhost');
  const size = searchParams.get('first') ?? searchParams.get('last');
  for (const name of ['first', 'last', 'after', 'before', 'around']) searchParams.delete(name);
  const [[name, value] = ['', '']] = Object.entries(cursor);
  if (size !== null) searchParams.set(name === 'after' ? 'first' : 'last', size);
  searchParams.set(name, value);
  return `${pathname}?${searchParams.toString()}`;
}
