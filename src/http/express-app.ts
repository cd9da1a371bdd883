import { existsSync } from 'node:fs';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { siteFiles } from '../docs/site.js';
import type { Health } from '../observability/health.js';
import type { Logger } from '../observability/logger.js';
import { metricsEndpoint, type MetricsAccess, type PublishedMetrics } from './metrics-endpoint.js';
import { sendServedError } from './served-error.js';

export interface ExpressAppParts {
  readonly health: Health;
  readonly logger: Logger;
  readonly metrics?: PublishedMetrics;
  readonly metricsAccess: MetricsAccess;
  /** The schema, as SDL. */
  readonly sdl: string;
  /** The folder of the built pages. */
  readonly webRoot: string;
  /** How many proxies stand before the server. */
  readonly proxies: number;
}

/** Everything on the HTTP port that is not GraphQL. */
export interface ExpressApp {
  readonly app: Express;
  /** Serves a path and everything under it, before the answer for unknown paths. */
  mount(path: string, handler: RequestHandler): void;
}

/** `style-src` and `data:` are for the editor of the playground, which writes styles and fonts of its own. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'base-uri': ["'none'"],
    'connect-src': ["'self'"],
    'font-src': ["'self'", 'data:'],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'img-src': ["'self'", 'data:'],
    'object-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'worker-src': ["'self'"],
  },
};

export function createExpressApp(parts: ExpressAppParts): ExpressApp {
  const { health, logger, sdl, webRoot, proxies, metrics, metricsAccess } = parts;
  const app = express();
  const mounted = express.Router();
  app.disable('x-powered-by');
  app.set('trust proxy', proxies);
  app.set('query parser', 'simple');
  app.use(helmet({ contentSecurityPolicy, strictTransportSecurity: false, referrerPolicy: { policy: 'no-referrer' } }));
  app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', async (_request, response) => {
    const report = await health.report();
    response.status(report.ready ? 200 : 503).json({ status: report.status, checks: report.checks });
  });
  if (metrics) app.get('/metrics', metricsEndpoint(metrics, metricsAccess));
  app.get('/schema.graphql', (_request, response) => void response.type('text/plain').send(sdl));
  app.use('/assets', express.static(`${webRoot}/assets`, { immutable: true, maxAge: '1y', index: false }));
  for (const path of Object.values(siteFiles)) app.get(path, builtFile(`${webRoot}${path}`));
  app.get(['/', '/index', '/login'], builtFile(`${webRoot}/chat/index.html`));
  app.get('/playground', builtFile(`${webRoot}/playground/index.html`));
  app.get('/docs/rest', builtFile(`${webRoot}/rest/index.html`));
  app.use(mounted);
  app.use(unknownPath);
  app.use(failure(logger));
  return { app, mount: (path, handler) => void mounted.use(path, handler) };
}

/** A file that `npm run build` made. */
function builtFile(file: string): RequestHandler {
  if (existsSync(file)) return (_request, response) => response.sendFile(file);
  const message = 'This page has not been built. Run npm run build, then start again.';
  return (request, response) => sendServedError(request, response, { status: 404, message });
}

const unknownPath: RequestHandler = (request, response) => {
  sendServedError(request, response, { status: 404, message: `There is nothing at ${request.path}.` });
};

function failure(logger: Logger): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express tells error handlers from others by their four parameters.
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status >= 500) logger.error({ err: error }, 'A request failed unexpectedly.');
    const message = status >= 500 ? 'Something went wrong on the server. Try again.' : 'The request is not valid.';
    sendServedError(request, response, { status, message });
  };
}

/** Express and its parts hang a status on the faults of a request. */
function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null | undefined)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
