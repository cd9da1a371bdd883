import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.js';

export type { Logger };

/** What is told of an error: enough to find its cause, and nothing that a person wrote. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
}

/**
 * JSON lines on standard output, or on the given stream. Nobody passes contents, tokens or secrets to it; what
 * libraries hang on their errors (queries, documents, keys) is left out.
 */
export function createLogger(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  return pino({ level: config.logLevel, base: { pid: process.pid }, serializers: { err: describeError } }, destination);
}

function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'a value that is no error was thrown' };
  const { name, code, stack } = error as Error & { code?: unknown };
  return { type: name, message: withoutKeys(error.message), code, stack: stack && withoutKeys(stack) };
}

/** MongoDB names the stored value in its refusal of a duplicate. */
function withoutKeys(text: string): string {
  return text.replace(/dup key: \{.*?\}/gs, 'dup key');
}
