import type { BusListener } from './bus.js';
import type { BusMessage } from './messages.js';

/** The listeners of this process. */
export class Listeners {
  private readonly all = new Set<BusListener>();

  tell(message: BusMessage): void {
    for (const listener of this.all) listener(message);
  }

  add(listener: BusListener): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  clear(): void {
    this.all.clear();
  }
}
