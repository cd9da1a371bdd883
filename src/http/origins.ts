import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.js';
import { isSecure } from './request-facts.js';
import { cookieTokenOf } from './tokens.js';

/** Why a foreign page is turned away, and what the operator can do. */
export const foreignOriginMessage =
  'Pages of this origin may not use this server. Its operator can list the origin in ALLOWED_ORIGINS, or set TRUST_PROXY when a proxy speaks TLS for it.';

const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const allowedHeaders =
  'authorization, content-type, apollo-require-preflight, x-apollo-operation-name, idempotency-key, if-none-match';
const exposedHeaders = 'etag, link, retry-after, x-request-id';

/** Decides which pages may use the server. Programs that send no Origin header always may. */
export class Origins {
  private readonly listed: ReadonlySet<string>;

  constructor(private readonly config: Pick<Config, 'allowedOrigins' | 'trustProxy'>) {
    this.listed = new Set(config.allowedOrigins);
  }

  /**
   * Whether a request may be served. A foreign page may not come with somebody's cookie, nor post a form, whose answer
   * could log the browser in as somebody else.
   */
  admits(request: IncomingMessage): boolean {
    return (cookieTokenOf(request) === undefined && !isForm(request)) || this.admitsSocket(request);
  }

  /** Whether a request may become a socket: browsers let any page open one, with cookies and all. */
  admitsSocket(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin === undefined || this.isKnown(origin, request);
  }

  /** Whether a page may have the answer as a script: browsers send no Origin then, but at most say where the page is. */
  admitsScript(request: IncomingMessage): boolean {
    const { referer, 'sec-fetch-site': site } = request.headers;
    if (site === 'same-origin') return true;
    if (referer === undefined) return site === undefined;
    return URL.canParse(referer) && this.isKnown(new URL(referer).origin, request);
  }

  /** Lets pages of listed origins read the answer (CORS). */
  addHeaders(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined || !this.listed.has(origin)) return;
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-expose-headers', exposedHeaders);
    if (!isPreflight(request)) return;
    response.setHeader('access-control-allow-methods', allowedMethods);
    response.setHeader('access-control-allow-headers', allowedHeaders);
    response.setHeader('access-control-max-age', '86400');
  }

  private isKnown(origin: string, request: IncomingMessage): boolean {
    return this.listed.has(origin) || origin === this.ownOrigin(request);
  }

  private ownOrigin(request: IncomingMessage): string {
    return `${isSecure(request, this.config.trustProxy) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  }
}

/** Whether a browser asks what it may send. */
export function isPreflight(request: IncomingMessage): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

/** Browsers let any page send one, without asking first. */
function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
}
