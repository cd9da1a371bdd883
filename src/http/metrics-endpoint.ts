import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Config } from '../config.js';

/** What is published at /metrics. */
export interface PublishedMetrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Headers by which a proxy says that it asks for somebody else. */
const forwardingHeaders = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** Answers what was counted, by default only to programs on this machine. */
export function metricsEndpoint(metrics: PublishedMetrics, access: Config['metrics']): RequestHandler {
  return async (request, response, next) => {
    if (access === 'off') {
      next();
      return;
    }
    if (access === 'local' && !isLocal(request)) {
      const msg = 'Metrics are answered to this machine only. Ask from there, or set METRICS=open.';
      response.status(403).json({ code: 403, msg });
      return;
    }
    response.type(metrics.contentType).send(await metrics.text());
  };
}

/** Whether a program on this machine asks for itself. A proxy on this machine asks for others. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLoopback = address === '::1' || address.startsWith('127.');
  return isLoopback && forwardingHeaders.every((name) => headers[name] === undefined);
}
