import { Access } from '../conversations/access.js';
import { Activity } from '../conversations/activity.js';
import { ConversationFieldsResolver } from '../conversations/conversation-fields.resolver.js';
import { ConversationList } from '../conversations/conversation-list.js';
import { ConversationResolver } from '../conversations/conversation.resolver.js';
import { ConversationService } from '../conversations/conversation.service.js';
import { DirectChats } from '../conversations/direct-chats.js';
import { MemberResolver, TypingStateResolver } from '../conversations/member.resolver.js';
import { Receipts } from '../conversations/receipts.js';
import { Typing } from '../conversations/typing.js';
import { EventPages } from '../feed/event-pages.js';
import { FeedResolver } from '../feed/feed.resolver.js';
import { Departures } from '../groups/departures.js';
import { GroupErasures } from '../groups/group-erasures.js';
import { GroupResolver } from '../groups/group.resolver.js';
import { GroupService } from '../groups/group.service.js';
import { MessageResolver } from '../messages/message.resolver.js';
import { MessageService } from '../messages/message.service.js';
import { ReactionResolver } from '../messages/reaction.resolver.js';
import { QuotedMessageResolver, ReportResolver } from '../moderation/report.resolver.js';
import { ReportService } from '../moderation/report.service.js';
import { SpamResolver } from '../moderation/spam.resolver.js';
import { SpamService } from '../moderation/spam.service.js';
import type { Core } from './core.js';

/** Everything about conversations, groups and messages. */
export interface ConversationRooms {
  readonly resolvers: readonly object[];
  readonly departures: Departures;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function composeConversations(core: Core): ConversationRooms {
  const { collections, notices, log, digests, relations } = core;
  const { reader } = log;
  const access = new Access(collections, relations);
  const activity = new Activity(collections, notices);
  const receipts = new Receipts(collections, notices);
  const erasures = new GroupErasures(core);
  const typing = new Typing(core.bus, notices);
  const reports = new ReportService({ collections, reader });
  const parts = { ...core, access, activity, receipts, reader };
  const conversations = new ConversationService({ ...parts, directChats: new DirectChats(parts) });
  return {
    departures: new Departures(collections, log),
    resolvers: [
      new ConversationResolver(conversations, new ConversationList({ collections, digests, reader })),
      new ConversationFieldsResolver(),
      new MemberResolver(),
      new TypingStateResolver(),
      new GroupResolver(new GroupService(parts)),
      new MessageResolver(new MessageService(parts)),
      new ReactionResolver(),
      new SpamResolver(new SpamService({ ...parts, reports })),
      new ReportResolver(reports),
      new QuotedMessageResolver(),
      new FeedResolver(new EventPages(reader)),
    ],
    start: async () => {
      await reader.applyAllPending();
      await erasures.resume();
    },
    stop: async () => {
      typing.stop();
      await Promise.all([log.stop(), erasures.stop()]);
      await Promise.all([activity.stop(), receipts.stop()]);
    },
  };
}
