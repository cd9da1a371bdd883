import { randomUUID } from 'node:crypto';
import type { Bus, BusListener } from './bus.js';
import { Listeners } from './listeners.js';
import type { BusMessage } from './messages.js';

/** The bus of a single process: every listener is called at once and in order. */
export class MemoryBus implements Bus {
  readonly processId = randomUUID();
  readonly isShared = false;
  readonly isWhole = true;
  private readonly listeners = new Listeners();

  publish(message: BusMessage): void {
    this.listeners.tell(message);
  }

  subscribe(listener: BusListener): () => void {
    return this.listeners.add(listener);
  }

  hears(): boolean {
    return false;
  }

  stop(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }
}
