import type { OperationResult } from './executor.js';
import type { LiveDelivery, LiveSink } from './live-delivery.js';
import type { PresentedError } from './present-error.js';

/** Results that may wait for a reader in process before the stream is held back. */
const maxWaiting = 100;

/** Results of a subscription in process, for one reader. */
export class ResultQueue implements LiveSink, AsyncIterableIterator<OperationResult> {
  private readonly results: OperationResult[] = [];
  private delivery: LiveDelivery | undefined;
  private isEnded = false;
  private wake: (() => void) | undefined;

  /** Takes its results from a delivery. */
  follow(delivery: LiveDelivery): void {
    this.delivery = delivery;
    delivery.start();
  }

  hasRoom(): boolean {
    return this.results.length < maxWaiting;
  }

  answer(body: Buffer): void {
    this.add(JSON.parse(body.toString()) as OperationResult);
  }

  fail(errors: readonly PresentedError[]): void {
    this.isEnded = true;
    this.add({ errors });
  }

  complete(): void {
    this.isEnded = true;
    this.wake?.();
  }

  async next(): Promise<IteratorResult<OperationResult>> {
    while (this.results.length === 0 && !this.isEnded) await new Promise<void>((resolve) => (this.wake = resolve));
    const value = this.results.shift();
    this.delivery?.resume();
    return value ? { done: false, value } : { done: true, value: undefined };
  }

  return(): Promise<IteratorResult<OperationResult>> {
    this.delivery?.close();
    this.results.length = 0;
    this.complete();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private add(result: OperationResult): void {
    this.results.push(result);
    this.wake?.();
  }
}
