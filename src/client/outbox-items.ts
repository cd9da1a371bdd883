import type { ClientStorage } from './storage.js';
import type { Draft, OutgoingMessage } from './types.js';

const prefix = 'outbox:';

/** Sends that are under way at once, each of another conversation. */
const maxUnderWay = 8;

interface Stored extends Omit<OutgoingMessage, 'status'> {
  /** Orders messages, also those of several tabs. */
  readonly at: number;
}

/**
 * The messages of an outbox, each under a key of its own in the storage: tabs that share it add to it and take from it
 * without writing over what another one keeps.
 */
export class OutboxItems {
  private readonly byId = new Map<string, OutgoingMessage>();
  private readonly places = new Map<string, number>();
  private snapshot: readonly OutgoingMessage[] | undefined;
  private lastAt = 0;

  constructor(private readonly storage: ClientStorage) {
    const keys = [...storage.keys()].filter((key) => key.startsWith(prefix));
    const stored = keys.flatMap((key) => parse(storage.get(key))).sort((one, other) => one.at - other.at);
    for (const { at, ...message } of stored) {
      this.insert({ ...message, status: message.error ? 'failed' : 'waiting' }, at);
    }
  }

  /** In the order of sending. The array is a new one after each change. */
  get all(): readonly OutgoingMessage[] {
    return (this.snapshot ??= [...this.byId.values()]);
  }

  add({ conversationId, content, replyToId }: Draft): OutgoingMessage {
    const message = { clientMessageId: newId(), conversationId, content, replyToId, status: 'waiting' } as const;
    this.insert(message, Math.max(Date.now(), this.lastAt + 1));
    this.store(message);
    return message;
  }

  find(clientMessageId: string): OutgoingMessage | undefined {
    return this.byId.get(clientMessageId);
  }

  /** Replaces the message of the same id. Only whether it is refused is stored of its status. */
  put(message: OutgoingMessage): void {
    const old = this.byId.get(message.clientMessageId);
    this.byId.set(message.clientMessageId, message);
    this.snapshot = undefined;
    if (old?.error !== message.error) this.store(message);
  }

  /** @returns whether it was there */
  remove(clientMessageId: string): boolean {
    this.snapshot = undefined;
    this.places.delete(clientMessageId);
    this.storage.delete(prefix + clientMessageId);
    return this.byId.delete(clientMessageId);
  }

  /** Whether no other tab has sent it or thrown it away. */
  isStored({ clientMessageId }: OutgoingMessage): boolean {
    return this.storage.get(prefix + clientMessageId) !== undefined;
  }

  /**
   * What may be sent at this moment: the first waiting message of conversations that have none under way.
   * @param isPaused of a conversation
   */
  next(isPaused: (conversationId: string) => boolean): OutgoingMessage[] {
    const busy = new Set<string>();
    const ready: OutgoingMessage[] = [];
    for (const message of this.all) {
      if (message.status === 'failed' || busy.has(message.conversationId) || isPaused(message.conversationId)) continue;
      if (busy.size === maxUnderWay) break;
      busy.add(message.conversationId);
      if (message.status === 'waiting') ready.push(message);
    }
    return ready;
  }

  private insert(message: OutgoingMessage, at: number): void {
    this.byId.set(message.clientMessageId, message);
    this.places.set(message.clientMessageId, at);
    this.snapshot = undefined;
    this.lastAt = at;
  }

  private store({ status: _status, ...message }: OutgoingMessage): void {
    const stored: Stored = { ...message, at: this.places.get(message.clientMessageId) ?? 0 };
    this.storage.set(prefix + message.clientMessageId, JSON.stringify(stored));
  }
}

/** 128 random bits. `randomUUID` is there only where the page came over TLS. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What is not as it was written counts as nothing. */
function parse(text: string | undefined): Stored[] {
  try {
    const stored = JSON.parse(text ?? '') as Partial<Stored>;
    const parts = [stored.clientMessageId, stored.conversationId, stored.content];
    return parts.every((part) => typeof part === 'string') && typeof stored.at === 'number' ? [stored as Stored] : [];
  } catch {
    return [];
  }
}
