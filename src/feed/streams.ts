import { firstSeqOf, type Member } from '../conversations/member.model.js';
import { whyNotFollow } from '../conversations/member.policy.js';
import type { Collections } from '../database/database.js';
import { isId } from '../database/ids.js';
import { badInput } from '../errors.js';
import { Follow } from './follow.js';
import type { FeedHub } from './hub.js';
import type { LiveStream } from './live-stream.js';
import type { LogStream } from './log-stream.js';
import type { Muffled } from './muffled.js';
import type { NoticeName } from './notice.js';
import type { Notices } from './notices.js';
import { type ProjectionName, projections } from './projections.js';
import { replayPlan } from './replay-plan.js';

/** The last seq that a follower has of one conversation. */
export interface Known {
  readonly conversationId: string;
  readonly seq: number;
}

/** What streams are made of. */
export interface StreamParts {
  readonly collections: Collections;
  readonly hub: FeedHub;
  readonly notices: Notices;
  readonly muffled: Muffled;
}

/** Opens the stream behind every subscription. A stream has its place in all it follows once it is returned. */
export class Streams {
  constructor(private readonly parts: StreamParts) {}

  /** A live view that is in no log. The caller must have been allowed to name the subject. */
  notices(userId: string, name: NoticeName, subject?: string): Promise<LiveStream> {
    return this.parts.notices.open(userId, name, subject);
  }

  /**
   * A view of the log from now on: of one conversation, or of all of the viewer's.
   * @throws ChatError NOT_FOUND for a conversation that does not exist for the viewer
   */
  async log(viewerId: string, name: ProjectionName, conversationId?: string): Promise<LiveStream> {
    const stream = await this.open(viewerId, name, conversationId);
    return this.begin(stream, (stream) => this.followAll(stream));
  }

  /**
   * The messages of one conversation after `after`, then live.
   * @throws ChatError NOT_FOUND; BAD_USER_INPUT for a negative seq and for one that does not exist yet
   */
  async messagesAfter(viewerId: string, conversationId: string, after: number): Promise<LiveStream> {
    if (after < 0) throw badInput('after', 'must be 0 or a seq that you have seen');
    const stream = await this.open(viewerId, 'messageAdded', conversationId);
    return this.begin(stream, async (stream) => {
      await this.followAll(stream, () => after);
      const [ahead] = await this.beyondEnd(stream);
      if (ahead) throw badInput('after', `must be at most ${ahead.lastSeq}, the newest of the conversation`);
    });
  }

  /**
   * Every entry of all of the viewer's conversations, from the seqs that it knows.
   * @throws ChatError BAD_USER_INPUT for a negative seq, a conversation that is named twice, or an id in capital letters
   */
  async feed(viewerId: string, known?: readonly Known[] | null): Promise<LiveStream> {
    const seqs = known ? seqsByConversation(known) : undefined;
    const stream = await this.open(viewerId, 'conversationFeed');
    if (!seqs) return this.begin(stream, (stream) => this.followAll(stream));
    return this.begin(stream, async (stream) => {
      await this.followAll(stream, (id) => seqs.get(id) ?? 0);
      for (const id of seqs.keys()) if (!stream.follows.has(id)) stream.sayLeft(id);
      const beyond = await this.beyondEnd(stream);
      const resets = await replayPlan(this.parts.collections, stream, {
        seqs,
        beyond: beyond.map(({ follow }) => follow),
      });
      for (const follow of resets) stream.reset(follow);
    });
  }

  private async open(viewerId: string, name: ProjectionName, conversationId?: string): Promise<LogStream> {
    await this.parts.muffled.hold(viewerId);
    const options = { viewerId, project: projections[name], isFeed: name === 'conversationFeed', conversationId };
    return this.parts.hub.open(options, () => this.parts.muffled.release(viewerId));
  }

  private async begin(stream: LogStream, place: (stream: LogStream) => Promise<void>): Promise<LiveStream> {
    try {
      await place(stream);
      stream.isPlaced = true;
      return stream;
    } catch (error) {
      stream.close();
      throw error;
    }
  }

  /**
   * Takes a place in every conversation, at its newest entry unless `positionOf` says otherwise. Memberships are read
   * again afterwards: what ended before the place was taken is left, what ends later is met as an entry.
   */
  private async followAll(stream: LogStream, positionOf?: (conversationId: string) => number): Promise<void> {
    const members = await this.memberships(stream);
    const ids = members.map((member) => member.conversationId);
    const placed = await this.parts.hub.withChannels(ids, (channels) =>
      channels.flatMap((channel, at) => {
        const { conversationId, deliveredSeq = 0 } = channel;
        const member = members[at];
        if (!member || this.parts.muffled.has(stream.viewerId, conversationId)) return [];
        const position = positionOf ? positionOf(conversationId) : deliveredSeq;
        const follow = new Follow(stream, channel, { firstSeq: firstSeqOf(member), position });
        return stream.follow(follow) ? [follow] : [];
      }),
    );
    const current = new Map((await this.memberships(stream)).map((member) => [member.conversationId, member]));
    for (const follow of placed) {
      const member = current.get(follow.conversationId);
      if (member) follow.firstSeq = Math.max(follow.firstSeq, firstSeqOf(member));
      else stream.drop(follow);
    }
  }

  /**
   * The places that lie behind the end of the log, as after a backup was restored. The channel of another process may
   * only be late, so the log itself is asked.
   */
  private async beyondEnd(stream: LogStream): Promise<{ follow: Follow; lastSeq: number }[]> {
    const ahead = [...stream.follows.values()].filter((follow) => follow.isAhead);
    const heads = await this.parts.hub.heads(ahead.map((follow) => follow.conversationId));
    return ahead.flatMap((follow) => {
      const lastSeq = heads.get(follow.conversationId) ?? 0;
      return follow.position > lastSeq ? [{ follow, lastSeq }] : [];
    });
  }

  private async memberships({ viewerId, options: { conversationId } }: LogStream): Promise<Member[]> {
    const mine = { userId: viewerId, leftSeq: null };
    if (conversationId === undefined) return this.parts.collections.members.find({ ...mine, isSpam: false });
    const member = isId(conversationId)
      ? await this.parts.collections.members.findOne({ ...mine, conversationId })
      : undefined;
    const refusal = whyNotFollow(member);
    if (refusal) throw refusal;
    return member ? [member] : [];
  }
}

function seqsByConversation(known: readonly Known[]): Map<string, number> {
  if (known.length > 10_000) throw badInput('known', 'at most 10,000 conversations');
  const seqs = new Map<string, number>();
  for (const { conversationId, seq } of known) {
    if (seq < 0) throw badInput('known', 'a seq must be 0 or more');
    if (conversationId !== conversationId.toLowerCase()) {
      throw badInput('known', 'a conversation id must be written as the server gives it, without capital letters');
    }
    if (seqs.has(conversationId)) throw badInput('known', 'a conversation must be named once only');
    seqs.set(conversationId, seq);
  }
  return seqs;
}
