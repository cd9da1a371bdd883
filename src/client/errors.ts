import type { ErrorCode, ErrorReason, FieldFault } from '../errors.js';

/** A published code of the server, or NETWORK: there was no answer, and whether the operation ran is not known. */
export type ClientErrorCode = ErrorCode | 'NETWORK';

/** One error of a GraphQL answer, as far as this library reads it. */
interface AnsweredError {
  readonly message?: string;
  readonly extensions?: {
    readonly code?: ClientErrorCode;
    readonly fields?: readonly FieldFault[];
    readonly retryAfter?: number;
    readonly reason?: ErrorReason;
  };
}

/** What an error says beside its code and its message. */
interface RequestErrorDetails {
  readonly fields?: readonly FieldFault[];
  readonly retryAfter?: number;
  readonly reason?: ErrorReason;
  readonly cause?: unknown;
}

/** Why an operation was not answered with data. Its message can be shown to people. */
export class ChatRequestError extends Error {
  /** With BAD_USER_INPUT: which properties broke which rule. */
  readonly fields: readonly FieldFault[] | undefined;
  /** With RATE_LIMITED: seconds to wait. */
  readonly retryAfter: number | undefined;
  /** Which cause it was, where one code has several. A newer server may know others. */
  readonly reason: ErrorReason | undefined;

  constructor(
    readonly code: ClientErrorCode,
    message: string,
    details: RequestErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'ChatRequestError';
    this.fields = details.fields;
    this.retryAfter = details.retryAfter;
    this.reason = details.reason;
  }
}

/** @param errors of a GraphQL answer; the first one counts */
export function refusalOf(errors: readonly unknown[]): ChatRequestError {
  const { message, extensions } = (errors[0] ?? {}) as AnsweredError;
  const { code = 'INTERNAL', fields, retryAfter, reason } = extensions ?? {};
  return new ChatRequestError(code, message ?? 'The server refused the operation.', { fields, retryAfter, reason });
}

/** Whatever was thrown, as the one kind of error that this library gives. */
export function requestErrorOf(error: unknown): ChatRequestError {
  if (error instanceof ChatRequestError) return error;
  return new ChatRequestError('NETWORK', error instanceof Error ? error.message : String(error), { cause: error });
}

const passing: readonly ClientErrorCode[] = ['NETWORK', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED'];

/** Whether the same operation may succeed later. UNAUTHENTICATED is neither so nor a refusal: it waits for a log-in. */
export function mayPass({ code }: ChatRequestError): boolean {
  return passing.includes(code);
}
