import type { IncomingMessage } from 'node:http';

/** The cookie that holds a page's session. */
const sessionCookie = 'sid';

/** The longest that browsers keep a cookie, in seconds (RFC 6265bis, 400 days). When a session ends is decided by the server. */
const longestAge = 34_560_000;

/** The token that a request carries: the Authorization header's, or else the cookie's. */
export function tokenOf(request: IncomingMessage): string | undefined {
  return bearerTokenOf(request) ?? cookieTokenOf(request);
}

/** The token in the Authorization header. */
export function bearerTokenOf(request: IncomingMessage): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** The token in the cookie `sid`. */
export function cookieTokenOf(request: IncomingMessage): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === sessionCookie && value) return value;
  }
  return undefined;
}

/**
 * The Set-Cookie header that gives a page its session, or takes it away.
 * @param token base64url, or undefined to log out
 * @param secure whether the page came over TLS
 */
export function sessionCookieHeader(token: string | undefined, secure: boolean): string {
  const age = token === undefined ? 0 : longestAge;
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure ? '; Secure' : ''}`;
  return `${sessionCookie}=${token ?? ''}; ${attributes}`;
}
