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
  const { name, code, stack, message } = error as Error & { code?: unknown };
  const told = namesValues.has(name) ? 'A value does not fit its field.' : withoutKeys(message);
  return { type: name, message: told, code, stack: stack?.replace(message, told) };
}

/** Errors of Mongoose whose messages repeat the value that did not fit. */
const namesValues = new Set(['CastError', 'ValidationError', 'ValidatorError', 'ObjectParameterError']);

/** MongoDB names the stored value in its refusal of a duplicate. */
function withoutKeys(text: string): string {
  return text.replace(/dup key: \{.*\}/gs, 'dup key');
}
