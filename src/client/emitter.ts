type Listener<T> = (payload: T) => void;

/** Typed events. What a listener throws is reported as uncaught, as in a browser; it never reaches who emits. */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<{ readonly call: Listener<never> }>>();

  /** @returns takes the listener away */
  on<E extends keyof Events>(event: E, listener: Listener<Events[E]>): () => void {
    const own = { call: listener };
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(own));
    return () => void all.delete(own);
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const { call } of [...(this.listeners.get(event) ?? [])])
      protect(() => (call as Listener<Events[E]>)(payload));
  }
}

/** Calls code of the application. */
export function protect(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
