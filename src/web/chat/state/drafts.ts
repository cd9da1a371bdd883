import type { ClientStorage } from '../../../client/index.js';
import { Store } from './store.js';

const prefix = 'draft:';

/**
 * What somebody has begun to write, by conversation. Each draft has a key of its own in the storage, so that tabs that
 * share it do not write over what another one keeps.
 */
export class Drafts {
  private readonly store: Store<ReadonlyMap<string, string>>;

  constructor(private readonly storage: ClientStorage) {
    const keys = [...storage.keys()].filter((key) => key.startsWith(prefix));
    this.store = new Store(new Map(keys.map((key) => [key.slice(prefix.length), storage.get(key) ?? ''])));
  }

  get subscribe() {
    return this.store.subscribe;
  }

  get(conversationId: string): string {
    return this.store.get().get(conversationId) ?? '';
  }

  set(conversationId: string, content: string): void {
    if (content === '') this.storage.delete(prefix + conversationId);
    else this.storage.set(prefix + conversationId, content);
    this.show(conversationId, content);
  }

  /** Throws all of them away. */
  clear(): void {
    for (const conversationId of this.store.get().keys()) this.set(conversationId, '');
  }

  /** Another tab changed what is stored under a key. */
  changed(key: string, content: string | null): void {
    if (key.startsWith(prefix)) this.show(key.slice(prefix.length), content ?? '');
  }

  private show(conversationId: string, content: string): void {
    this.store.update((drafts) => {
      const next = new Map(drafts);
      if (content === '') next.delete(conversationId);
      else next.set(conversationId, content);
      return next;
    });
  }
}
