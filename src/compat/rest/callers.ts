import type { Request, Response } from 'express';
import type { Actor } from '../../auth/actor.js';
import type { Authenticate } from '../../auth/authenticate.js';
import { forbidden } from '../../errors.js';
import { addressOf, isSecure } from '../../http/request-facts.js';
import { cookieTokenOf, sessionCookieHeader, tokenOf } from '../../http/tokens.js';
import type { Asker } from '../operations.js';

export interface CallersParts {
  readonly authenticate: Authenticate;
  /** How many proxies stand before the server. */
  readonly proxies: number;
}

/** Decides who sends a request. */
export class Callers {
  constructor(private readonly parts: CallersParts) {}

  /** A token that nobody holds leaves the call without identity. Rejects when nobody can say. */
  async of(request: Request, response: Response): Promise<Asker> {
    const { proxies, authenticate } = this.parts;
    const token = tokenOf(request);
    const actor: Actor | undefined = token === undefined ? undefined : await authenticate(token);
    const secure = isSecure(request, proxies);
    const caller = {
      address: addressOf(request, proxies),
      userAgent: request.headers['user-agent'],
      requestId: String(response.getHeader('x-request-id')),
      protocol: 'rest',
      setSessionToken: (given: string | undefined): void => {
        response.setHeader('set-cookie', sessionCookieHeader(given, secure));
      },
    } as const;
    return { caller, actor };
  }
}

/**
 * A page elsewhere can make a browser post a form with somebody's cookie, without asking first. Such a request has
 * neither a body of JSON nor the Origin of this server's own page (a foreign Origin never gets this far).
 * @throws ChatError FORBIDDEN
 */
export function assertNotForged(request: Request): void {
  const { authorization, origin, 'content-type': type = '' } = request.headers;
  const isByCookie = authorization === undefined && cookieTokenOf(request) !== undefined;
  if (request.method !== 'POST' || !isByCookie) return;
  if (origin !== undefined || type.startsWith('application/json')) return;
  throw forbidden(
    'FOREIGN_ORIGIN',
    'A request with the cookie must have the content type application/json or an Origin header. Send one of them, or the token in the Authorization header.',
  );
}
