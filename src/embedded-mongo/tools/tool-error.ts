import { messageOf } from '../errors.js';

/** What a person can put right: the message says what is wrong and what to do. */
export class ToolError extends Error {
  readonly code = 'DATABASE_TOOL';

  constructor(cause: string, remedy: string) {
    super(`${cause} ${remedy}`);
    this.name = 'ToolError';
  }
}

/** Throws a ToolError; an expression, so that it can stand behind `??`. */
export function fail(cause: string, remedy: string): never {
  throw new ToolError(cause, remedy);
}

/** What a thrown thing says, with a full stop. */
export function sentenceOf(error: unknown): string {
  return `${messageOf(error).replace(/\.$/, '')}.`;
}
