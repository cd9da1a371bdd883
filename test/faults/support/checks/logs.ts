import type { History, Sending, StoredEntry } from '../history.js';
import { type Membership, membershipAt, membershipsOf } from '../memberships.js';

/** What a message said from a seq on; undefined: an edit whose text has been erased. */
interface Version {
  readonly seq: number;
  readonly content: string | undefined;
}

/** The logs of all conversations, and what follows from them. */
export class Logs {
  readonly byConversation = new Map<string, StoredEntry[]>();
  /** By id. */
  readonly messages = new Map<string, StoredEntry>();
  private readonly sentBy = new Map<string, StoredEntry[]>();
  private readonly changes = new Map<string, StoredEntry[]>();
  private readonly memberships = new Map<string, Membership[]>();
  private readonly sent: ReadonlyMap<string, string>;
  private readonly edits = new Map<string, string[]>();

  constructor({ log, sendings, deeds }: Pick<History, 'log' | 'sendings' | 'deeds'>) {
    for (const entry of [...log].sort((one, other) => one.seq - other.seq)) {
      put(this.byConversation, entry.conversationId, entry);
      if (entry.type === 'MESSAGE_ADDED') this.messages.set(entry.id, entry);
      if (entry.clientMessageId !== undefined) put(this.sentBy, senderKey(entry.actorId, entry), entry);
      if (entry.messageId !== undefined) put(this.changes, entry.messageId, entry);
    }
    this.sent = new Map(sendings.map((sending) => [`${sending.userId} ${sending.clientMessageId}`, sending.content]));
    for (const { kind, subject, value } of deeds) if (kind === 'edit') put(this.edits, subject, String(value));
  }

  of(conversationId: string): readonly StoredEntry[] {
    return this.byConversation.get(conversationId) ?? [];
  }

  /** What is stored of one message that somebody sent: once, if all is well. */
  storedOf({ userId, conversationId, clientMessageId }: Sending): readonly StoredEntry[] {
    return this.sentBy.get(senderKey(userId, { conversationId, clientMessageId })) ?? [];
  }

  /** The entries that change a message, of one type. */
  changesOf(messageId: string, type: string): StoredEntry[] {
    return (this.changes.get(messageId) ?? []).filter((entry) => entry.type === type);
  }

  membershipsOf(userId: string, conversationId: string): readonly Membership[] {
    const key = `${userId} ${conversationId}`;
    const found = this.memberships.get(key) ?? membershipsOf(userId, this.of(conversationId));
    this.memberships.set(key, found);
    return found;
  }

  membershipAt(userId: string, conversationId: string, seq: number): Membership | undefined {
    return membershipAt(seq, this.membershipsOf(userId, conversationId));
  }

  isMember(userId: string, conversationId: string): boolean {
    return this.membershipsOf(userId, conversationId).some(({ to }) => to === Infinity);
  }

  /** Whether there ever was a time in which the conversation was not there for the person. */
  wasAway(userId: string, conversationId: string): boolean {
    const mine = this.membershipsOf(userId, conversationId);
    return mine.length !== 1 || mine[0]?.from !== 1 || mine[0].to !== Infinity;
  }

  /** Whether a message may have said this to somebody who has its log up to `seq`, or further. */
  maySay(message: StoredEntry, content: string, seq: number): boolean {
    const versions = this.versionsOf(message);
    const at = versions.findLastIndex((version) => version.seq <= seq);
    return versions
      .slice(Math.max(at, 0))
      .some((version) =>
        version.content === undefined
          ? (this.edits.get(message.id) ?? []).includes(content)
          : version.content === content,
      );
  }

  private versionsOf(message: StoredEntry): Version[] {
    const { id, seq, actorId, clientMessageId } = message;
    const edits = this.changesOf(id, 'MESSAGE_EDITED').map((edit) => ({ seq: edit.seq, content: edit.text }));
    return [{ seq, content: this.sent.get(`${actorId} ${clientMessageId}`) }, ...edits];
  }
}

function senderKey(userId: string, sent: Pick<StoredEntry, 'conversationId' | 'clientMessageId'>): string {
  return `${userId} ${sent.conversationId} ${sent.clientMessageId}`;
}

/** Adds to the list under a key. */
export function put<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
