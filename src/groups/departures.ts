import { ConversationKind } from '../conversations/conversation-kind.js';
import type { Collections } from '../database/database.js';
import { ChatError } from '../errors.js';
import type { ConversationLog } from '../log/conversation-log.js';
import { leaving } from './leaving.js';

/** Takes a person out of all of its groups, as if it had left each of them itself. */
export class Departures {
  constructor(
    private readonly collections: Collections,
    private readonly log: ConversationLog,
  ) {}

  /** May be called again after a failure: what has been left stays left. Direct chats are kept, for the other person. */
  async leaveEverything(userId: string): Promise<void> {
    const members = await this.collections.members.find({ userId, leftSeq: null });
    const conversations = await this.collections.conversations.findByIds(members.map((each) => each.conversationId));
    for (const conversation of conversations) {
      if (conversation?.kind === ConversationKind.GROUP) await this.leave(conversation.id, userId);
    }
  }

  private async leave(conversationId: string, userId: string): Promise<void> {
    try {
      await this.log.append({ conversationId, decide: (state) => leaving(userId, state) });
    } catch (error) {
      if (!(error instanceof ChatError && error.code === 'NOT_FOUND')) throw error;
    }
  }
}
