import { createHash } from 'node:crypto';
import type { Actor } from '../auth/actor.js';
import type { Access } from '../conversations/access.js';
import type { Activity } from '../conversations/activity.js';
import { badInput, forbidden, notFound } from '../errors.js';
import type { Appended, Draft, OnceKey } from '../log/append-request.js';
import type { ConversationLog } from '../log/conversation-log.js';
import type { ConversationState, Seat } from '../log/conversation-state.js';
import { ConversationEventType as Type } from '../log/entry-type.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { hasReaction } from '../log/reactions.js';
import { normalizeEmoji } from '../text/emoji.js';
import type {
  MessageAddInput,
  MessageEditInput,
  MessageReactInput,
  MessageRemoveInput,
  MessageReplyInput,
} from './message.inputs.js';
import { isOpenToChange, mayEdit, mayRemove } from './message.policy.js';

/** Different emoji that one message can carry. */
const maxEmoji = 50;

export interface MessageServiceParts {
  readonly log: ConversationLog;
  readonly access: Access;
  readonly activity: Activity;
}

/** What people say: every change is an entry of the conversation's log. */
export class MessageService {
  constructor(private readonly parts: MessageServiceParts) {}

  /** @throws ChatError NOT_FOUND, FORBIDDEN (blocked or gone), CONFLICT (reused clientMessageId), UNAVAILABLE */
  async add(actor: Actor, input: MessageAddInput): Promise<LogEntry> {
    const { conversationId, content } = input;
    const draft = { type: Type.MESSAGE_ADDED, actorId: actor.userId, content };
    const decide = (state: ConversationState): Promise<Draft[]> | Draft[] => {
      this.parts.access.seatOf(actor, state);
      return this.parts.access.whenWritable(state, () => [{ ...draft, ...stamp(once) }]);
    };
    const once = onceKey(actor, input, ['messageAdd', conversationId, content]);
    return this.send(conversationId, { decide, send: { once } });
  }

  /** @throws ChatError as `add`; FORBIDDEN when the answered message was removed */
  async reply(actor: Actor, input: MessageReplyInput): Promise<LogEntry> {
    const { messageId, content } = input;
    const { conversationId } = await this.parts.access.message(actor, messageId);
    const draft = { type: Type.MESSAGE_ADDED, actorId: actor.userId, content, replyToId: messageId };
    const once = onceKey(actor, input, ['messageReply', messageId, content]);
    const decide = async (state: ConversationState): Promise<Draft[]> => {
      this.parts.access.seatOf(actor, state);
      const isRepeat = once !== undefined && (await this.parts.access.hasSent(once));
      if (!isRepeat) assertOpen(await this.current(messageId));
      return this.parts.access.whenWritable(state, () => [{ ...draft, ...stamp(once) }]);
    };
    return this.send(conversationId, { decide, send: { once } });
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for another's message and a removed one, and as `add` */
  async edit(actor: Actor, { messageId, content }: MessageEditInput): Promise<LogEntry> {
    return this.change(actor, messageId, (message) => {
      if (!mayEdit(actor.userId, message)) throw forbidden('AUTHOR_ONLY', 'Only its author can edit a message.');
      assertOpen(message);
      return message.content === content ? undefined : { type: Type.MESSAGE_EDITED, text: content };
    });
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for another's message, unless one leads the group */
  async remove(actor: Actor, { messageId }: MessageRemoveInput): Promise<LogEntry> {
    return this.change(actor, messageId, (message, seat) => {
      if (!mayRemove(actor.userId, message, seat)) {
        throw forbidden('AUTHOR_ONLY', 'Only its author, or an admin of the group, can remove a message.');
      }
      return isOpenToChange(message) ? { type: Type.MESSAGE_REMOVED } : undefined;
    });
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for a removed message and as `add`; BAD_USER_INPUT for too many different emoji */
  async react(actor: Actor, { messageId, emoji: given, on }: MessageReactInput): Promise<LogEntry> {
    const emoji = normalizeEmoji(given) ?? given;
    return this.change(actor, messageId, ({ reactionList, ...message }) => {
      assertOpen(message);
      if (hasReaction(reactionList, emoji, actor.userId) === on) return undefined;
      const isNew = !reactionList?.some((reaction) => reaction.emoji === emoji);
      if (on && isNew && (reactionList?.length ?? 0) >= maxEmoji) {
        throw badInput('emoji', `a message carries at most ${maxEmoji} different emoji`);
      }
      return { type: Type.REACTION_CHANGED, emoji, given: on };
    });
  }

  private async send(
    conversationId: string,
    request: Pick<Parameters<ConversationLog['append']>[0], 'decide' | 'send'>,
  ): Promise<LogEntry> {
    const appended = await this.parts.log.append({ conversationId, ...request });
    if (!appended.isRepeat) this.parts.activity.messageAdded(conversationId);
    return only(appended);
  }

  /** Appends a change to one message, decided on the message as it is when its turn comes. */
  private async change(
    actor: Actor,
    messageId: string,
    decide: (message: LogEntry, seat: Seat) => Omit<Draft, 'actorId' | 'messageId'> | undefined,
  ): Promise<LogEntry> {
    const { conversationId } = await this.parts.access.message(actor, messageId);
    const appended = await this.parts.log.append({
      conversationId,
      decide: async (state) => {
        const seat = this.parts.access.seatOf(actor, state);
        const change = decide(await this.current(messageId), seat);
        if (!change) return [];
        const drafts = [{ ...change, actorId: actor.userId, messageId }];
        return takesAway(change) ? drafts : this.parts.access.whenWritable(state, () => drafts);
      },
    });
    return appended.messages[messageId] ?? this.current(messageId);
  }

  private async current(messageId: string): Promise<LogEntry> {
    const message = await this.parts.access.stored(messageId);
    if (!message) throw notFound('message');
    return message;
  }
}

/** What says nothing new is allowed also where nothing more may be said. */
function takesAway({ type, given }: Pick<Draft, 'type' | 'given'>): boolean {
  return type === Type.MESSAGE_REMOVED || given === false;
}

function assertOpen(message: Pick<LogEntry, 'removedAt'>): void {
  if (!isOpenToChange(message))
    throw forbidden('MESSAGE_REMOVED', 'The message was removed, so there is nothing to answer or to change.');
}

function only({ entries: [entry] }: Appended): LogEntry {
  if (!entry) throw notFound('message');
  return entry;
}

function onceKey(
  actor: Actor,
  { clientMessageId }: { clientMessageId?: string | null },
  request: readonly string[],
): OnceKey | undefined {
  if (clientMessageId == null) return undefined;
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  return { actorId: actor.userId, clientMessageId, requestHash };
}

/** What of the key the row keeps. */
function stamp(once: OnceKey | undefined): Pick<LogEntry, 'clientMessageId' | 'requestHash'> {
  return once ? { clientMessageId: once.clientMessageId, requestHash: once.requestHash } : {};
}
