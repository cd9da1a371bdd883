import type { BusMessage } from './messages.js';

export type BusListener = (message: BusMessage) => void;

/**
 * Tells every process what happened. A message is a hint: it may be lost or repeated, never a source of truth.
 * Within one process messages arrive in the order in which they were published.
 */
export interface Bus {
  publish(message: BusMessage): void;
  /** Returns the call that ends the subscription. */
  subscribe(listener: BusListener): () => void;
  stop(): Promise<void>;
}
