import type { BusMessage } from './messages.js';

export type BusListener = (message: BusMessage) => void;

/**
 * Tells every process what happened. A message is a hint: it may be lost or repeated, never a source of truth.
 * Messages of one process arrive in the order in which it published them.
 */
export interface Bus {
  /** The name of this process among all; another one after each start. */
  readonly processId: string;
  /** Whether other processes can be on it. */
  readonly isShared: boolean;
  /** Whether nothing can have been lost at this moment, as far as can be known. */
  readonly isWhole: boolean;
  publish(message: BusMessage): void;
  /** Returns the call that ends the subscription. */
  subscribe(listener: BusListener): () => void;
  /** Whether another process is heard. */
  hears(processId: string): boolean;
  stop(): Promise<void>;
}
