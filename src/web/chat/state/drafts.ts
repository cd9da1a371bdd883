import { Store } from './store.js';

/** What somebody has begun to write, by conversation; kept by the browser. */
export class Drafts {
  private readonly store: Store<ReadonlyMap<string, string>>;
  private readonly key: string;

  constructor(meId: string) {
    this.key = `chatset:${meId}:drafts`;
    this.store = new Store(this.stored());
  }

  get subscribe() {
    return this.store.subscribe;
  }

  get(conversationId: string): string {
    return this.store.get().get(conversationId) ?? '';
  }

  set(conversationId: string, content: string): void {
    this.store.update((drafts) => {
      const next = new Map(drafts);
      if (content === '') next.delete(conversationId);
      else next.set(conversationId, content);
      return next;
    });
    try {
      localStorage.setItem(this.key, JSON.stringify([...this.store.get()]));
    } catch {
      // A browser that keeps nothing: the draft lasts until the page is left.
    }
  }

  /** Throws all of them away. */
  clear(): void {
    this.store.update(() => new Map());
    try {
      localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing has nothing to lose.
    }
  }

  private stored(): ReadonlyMap<string, string> {
    try {
      return new Map(JSON.parse(localStorage.getItem(this.key) ?? '[]') as [string, string][]);
    } catch {
      return new Map();
    }
  }
}
