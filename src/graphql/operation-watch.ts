import type { ErrorCode } from '../errors.js';
import type { Logger } from '../observability/logger.js';
import type { Caller } from './context.js';
import { toldName } from './documented-names.js';
import { describeFailures, type Failure } from './present-error.js';

/** An operation that took longer is logged, in milliseconds. */
const defaultSlowMs = 1_000;

/** Counts operations. */
export interface OperationMeter {
  operation(done: MeasuredOperation): void;
}

/** An operation from its arrival to its answer; of a subscription, until it has its place. */
export interface MeasuredOperation {
  /** A documented name, or `other`. */
  readonly name: string;
  readonly protocol: Caller['protocol'];
  readonly seconds: number;
  /** Why it failed; absent when it did not. */
  readonly code?: ErrorCode;
}

/** An operation that runs. */
export interface RunningOperation {
  /** The client's name for it, once it is known. */
  name?: string;
  /** To be called once, with everything that was thrown. */
  finished(errors?: readonly unknown[]): void;
}

/** Sees every operation end: measures it, and writes one line when it failed or was slow. Never what was asked with it. */
export class OperationWatch {
  constructor(
    private readonly logger: Logger,
    private readonly meter?: OperationMeter,
    private readonly slowMs = defaultSlowMs,
  ) {}

  begin(caller: Caller, name?: string): RunningOperation {
    const startedAt = performance.now();
    const running: RunningOperation = {
      name,
      finished: (errors = []) => this.end(caller, { name: running.name, ms: performance.now() - startedAt, errors }),
    };
    return running;
  }

  private end(caller: Caller, { name, ms, errors }: { name?: string; ms: number; errors: readonly unknown[] }): void {
    const { protocol, requestId, address } = caller;
    const failure = describeFailures(errors);
    this.meter?.operation({ name: toldName(name), protocol, seconds: ms / 1_000, code: failure?.code });
    if (!failure && ms < this.slowMs) return;
    const told = { requestId, protocol, address, operation: toldName(name), ms: Math.round(ms), ...failure };
    this.logger[levelOf(failure)](told, sentenceOf(failure));
  }
}

function levelOf(failure: Failure | undefined): 'error' | 'warn' | 'info' {
  if (failure?.code === 'INTERNAL') return 'error';
  return !failure || failure.code === 'UNAVAILABLE' ? 'warn' : 'info';
}

function sentenceOf(failure: Failure | undefined): string {
  if (!failure) return 'An operation was slow.';
  if (failure.code === 'INTERNAL') return 'An operation failed unexpectedly.';
  return failure.code === 'UNAVAILABLE' ? 'An operation could not be done.' : 'An operation was refused.';
}
