/** A value that can be watched. Watchers are told once for all changes of one turn of the event loop. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();
  private isTelling = false;

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  /** @returns stops watching */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  update(change: (value: T) => T): void {
    const next = change(this.value);
    if (next === this.value) return;
    this.value = next;
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => {
      this.isTelling = false;
      for (const listener of this.listeners) listener();
    });
  }
}
