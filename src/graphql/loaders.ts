import DataLoader from 'dataloader';
import type { Actor } from '../auth/actor.js';
import {
  type ConversationLoaders,
  type ConversationSources,
  createConversationLoaders,
} from '../conversations/conversation-loaders.js';
import type { Conversation } from '../conversations/conversation.model.js';
import { MemberList } from '../conversations/member-list.js';
import type { Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import { gatheredFinds } from '../database/gathered-finds.js';
import { isId } from '../database/ids.js';
import type { LogEntry } from '../log/log-entry.model.js';
import { History } from '../messages/history.js';
import { Presence } from '../users/presence.js';
import type { UserCache } from '../users/user-cache.js';
import type { User } from '../users/user.model.js';

type Loader<T> = DataLoader<string, T | undefined>;

/** One batch a kind and turn of the event loop; a set lives as long as one execution. */
export interface Loaders extends ConversationLoaders {
  readonly user: Loader<User>;
  readonly conversation: Loader<Conversation>;
  readonly message: Loader<LogEntry>;
  /** The viewer's own membership, by conversation id; undefined after leaving. */
  readonly membership: Loader<Member>;
  /** A person whom the viewer may look up by id; undefined for all others. */
  readonly findable: Loader<User>;
  /** Whether a person is there, as far as the viewer may see it. */
  readonly presence: DataLoader<string, Presence>;
  /** Pages of messages: one command for all conversations of a page. */
  readonly history: History;
  /** Pages of members, likewise. */
  readonly members: MemberList;
}

/** What loaders ask; of people, those who know the viewer. */
export interface LoaderSources extends ConversationSources {
  readonly users: UserCache;
  /** In the order of the ids. */
  readonly findable: (actor: Actor, userIds: readonly string[]) => Promise<(User | undefined)[]>;
  readonly presenceFor: (viewerId: string, userIds: readonly string[]) => Promise<ReadonlyMap<string, Presence>>;
}

/** The loaders of one execution; without an actor there are no memberships and everybody is hidden and OFFLINE. */
export function createLoaders(actor: Actor | undefined, sources: LoaderSources): Loaders {
  const { collections, reader, users } = sources;
  const byId = <T extends object>(repository: { findByIds(ids: readonly string[]): Promise<(T | undefined)[]> }) =>
    new DataLoader<string, T | undefined>((ids) => repository.findByIds(ids));
  let history: History | undefined;
  let members: MemberList | undefined;
  return {
    ...createConversationLoaders(sources),
    user: new DataLoader((ids) => users.load(ids)),
    conversation: byId(collections.conversations),
    message: byId(collections.log),
    membership: new DataLoader((ids) => loadMemberships(collections, actor, ids)),
    findable: new DataLoader((ids) =>
      actor ? sources.findable(actor, ids) : Promise.resolve(ids.map(() => undefined)),
    ),
    presence: new DataLoader((ids) => loadPresences(sources, actor, ids)),
    // Most executions read no pages.
    get history() {
      return (history ??= new History(reader.gathering()));
    },
    get members() {
      return (members ??= new MemberList(gatheredFinds(collections.members)));
    },
  };
}

async function loadMemberships(
  collections: Collections,
  actor: Actor | undefined,
  conversationIds: readonly string[],
): Promise<(Member | undefined)[]> {
  if (!actor) return conversationIds.map(() => undefined);
  const members = await collections.members.find({
    userId: actor.userId,
    leftSeq: null,
    conversationId: { $in: conversationIds.filter(isId) },
  });
  const byConversation = new Map(members.map((member) => [member.conversationId, member]));
  return conversationIds.map((id) => byConversation.get(id));
}

async function loadPresences(
  sources: LoaderSources,
  actor: Actor | undefined,
  userIds: readonly string[],
): Promise<Presence[]> {
  const presences = actor && (await sources.presenceFor(actor.userId, userIds));
  return userIds.map((id) => presences?.get(id) ?? Presence.OFFLINE);
}
