import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Config } from '../config.js';
import { sendServedError } from './served-error.js';
import { bearerTokenOf } from './tokens.js';

/** What is published at /metrics. */
export interface PublishedMetrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Headers by which a proxy says that it asks for somebody else. */
const forwardingHeaders = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Who may read the metrics. */
export interface MetricsAccess {
  readonly mode: Config['metrics'];
  /** Lets whoever sends it in from anywhere; empty when there is none. */
  readonly token: string;
  /** How many proxies stand before the server. */
  readonly proxies: number;
}

const localOnly =
  'Metrics are answered to this machine only. Ask from there, or set METRICS_TOKEN and send it as a bearer token.';
const behindProxy =
  'Behind a proxy metrics are answered to nobody, since anybody may ask through it. Set METRICS_TOKEN and send it as a bearer token.';

/** Answers what was counted, by default only to programs on this machine. */
export function metricsEndpoint(metrics: PublishedMetrics, access: MetricsAccess): RequestHandler {
  return async (request, response, next) => {
    if (access.mode === 'off') {
      next();
      return;
    }
    if (!mayRead(request, access)) {
      const message = access.proxies > 0 ? behindProxy : localOnly;
      sendServedError(request, response, { status: 403, message });
      return;
    }
    response.type(metrics.contentType).send(await metrics.text());
  };
}

/** A proxy that sends no header of its own looks like a program on this machine, so none is local behind a proxy. */
function mayRead(request: IncomingMessage, { mode, token, proxies }: MetricsAccess): boolean {
  if (mode === 'open' || (token !== '' && isSame(bearerTokenOf(request) ?? '', token))) return true;
  return proxies === 0 && isLocal(request);
}

/** Takes the same time for every text. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Whether a program on this machine asks for itself. A proxy on this machine asks for others. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  return isLoopback && forwardingHeaders.every((name) => headers[name] === undefined);
}
