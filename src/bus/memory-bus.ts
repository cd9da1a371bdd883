import type { Bus, BusListener } from './bus.js';
import type { BusMessage } from './messages.js';

/** The bus of a single process: every listener is called at once and in order. */
export class MemoryBus implements Bus {
  private readonly listeners = new Set<BusListener>();

  publish(message: BusMessage): void {
    for (const listener of this.listeners) listener(message);
  }

  subscribe(listener: BusListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  stop(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }
}
