import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** The path of a request, without its query. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** The query of a request from its question mark on, or an empty text. */
export function searchOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

/**
 * The network address of the caller. Each trusted proxy appends the address that it saw to X-Forwarded-For.
 * @param proxies how many proxies stand before the server
 */
export function addressOf(request: IncomingMessage, proxies: number): string {
  const own = request.socket.remoteAddress ?? '';
  if (proxies === 0) return own;
  const seen = textOf(request.headers['x-forwarded-for'])
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return seen.at(-proxies) ?? seen[0] ?? own;
}

/** The name of a request in the log: the caller's own in X-Request-Id where it is short and plain, or else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = textOf(request.headers['x-request-id']);
  return /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

/** Whether the caller reached the server, or the proxy before it, over TLS. */
export function isSecure(request: IncomingMessage, proxies: number): boolean {
  if ((request.socket as Partial<TLSSocket>).encrypted === true) return true;
  return proxies > 0 && textOf(request.headers['x-forwarded-proto']).split(',')[0]?.trim() === 'https';
}

function textOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(',') : (header ?? '');
}
