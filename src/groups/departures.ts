import { ConversationKind } from '../conversations/conversation-kind.js';
import type { Collections } from '../database/database.js';
import { ChatError } from '../errors.js';
import type { Draft } from '../log/append-request.js';
import type { ConversationLog } from '../log/conversation-log.js';
import type { ConversationState } from '../log/conversation-state.js';
import { isPresent } from '../users/user.policy.js';
import { leaving } from './leaving.js';

/** How people come out of groups: by themselves, or because they have gone for ever. */
export class Departures {
  constructor(
    private readonly collections: Collections,
    private readonly log: ConversationLog,
  ) {}

  /**
   * May be called again after a failure: what has been left stays left. Direct chats are kept, for the other person.
   * An entry that brought the person in may still wait to be applied, so that is done first.
   */
  async leaveEverything(userId: string): Promise<void> {
    await this.log.reader.applyAllPending();
    const members = await this.collections.members.find({ userId, leftSeq: null });
    const conversations = await this.collections.conversations.findByIds(members.map((each) => each.conversationId));
    for (const conversation of conversations) {
      if (conversation?.kind === ConversationKind.GROUP) await this.leave(conversation.id, userId);
    }
  }

  /**
   * To be called once people have come into a group: who unregistered meanwhile may have looked for its groups before,
   * and is taken out again. Answers whether there was anybody.
   */
  async takeOutGone(conversationId: string, userIds: readonly string[]): Promise<boolean> {
    const present = await this.presentAmong(userIds);
    const gone = userIds.filter((userId) => !present.has(userId));
    for (const userId of gone) await this.leave(conversationId, userId);
    return gone.length > 0;
  }

  /** What the log says when somebody leaves a group. */
  entriesOfLeaving(userId: string, state: ConversationState): Promise<Draft[]> {
    return leaving(userId, state, (userIds) => this.presentAmong(userIds));
  }

  private async presentAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const people = await this.collections.users.findByIds(userIds);
    return new Set(people.filter(isPresent).map(({ id }) => id));
  }

  private async leave(conversationId: string, userId: string): Promise<void> {
    try {
      await this.log.append({ conversationId, decide: (state) => this.entriesOfLeaving(userId, state) });
    } catch (error) {
      if (!(error instanceof ChatError && error.code === 'NOT_FOUND')) throw error;
    }
  }
}
