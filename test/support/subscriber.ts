import type { Core } from '../../src/composition/core.js';
import { ConversationKind } from '../../src/conversations/conversation-kind.js';
import { newId } from '../../src/database/ids.js';
import { ConversationEvent, FeedLeft } from '../../src/feed/feed-items.js';
import type { LiveStream } from '../../src/feed/live-stream.js';
import { ConversationEventType as Type } from '../../src/log/entry-type.js';

/** A subscriber in process, which takes nothing while it is full. */
export class Subscriber {
  readonly told: string[] = [];
  isFull = false;

  constructor(private readonly stream: LiveStream) {
    stream.attach({
      push: ({ payload }) => {
        if (this.isFull) return false;
        if (payload instanceof ConversationEvent) this.told.push(`${payload.type} ${payload.seq}`);
        if (payload instanceof FeedLeft) this.told.push('left');
        return true;
      },
      end: () => this.told.push('end'),
    });
  }

  drain(): void {
    this.isFull = false;
    this.stream.resume();
  }

  close(): void {
    this.stream.close();
  }
}

/** A group, written without any service. @returns its id */
export async function foundGroup(core: Core, ownerId: string, userIds: string[]): Promise<string> {
  const conversationId = newId();
  const now = new Date();
  const group = { kind: ConversationKind.GROUP, createdById: ownerId, createdAt: now, updatedAt: now };
  await core.collections.conversations.insert({ _id: conversationId, ...group });
  const founding = { actorId: ownerId, type: Type.GROUP_CREATED, userIds, title: 'Equipo' };
  await core.log.append({ conversationId, decide: () => [founding] });
  return conversationId;
}
