import { inBatches, type Recheck } from '../bus/rounds.js';
import { firstSeqOf, type Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import type { LogReader } from '../log/log-reader.js';
import type { Follow } from './follow.js';
import type { FeedHub } from './hub.js';
import type { LogStream } from './log-stream.js';
import type { Muffled } from './muffled.js';
import type { Notices } from './notices.js';

export interface RecheckParts {
  readonly collections: Collections;
  readonly hub: FeedHub;
  readonly muffled: Muffled;
  readonly notices: Notices;
  readonly reader: LogReader;
}

/** What live delivery reads again: changes left half done, heads, then memberships. */
export function feedRechecks(parts: RecheckParts): Recheck[] {
  return [
    () => parts.reader.applyAllPending(),
    () => parts.hub.lookForNews(),
    async () => {
      for (const viewerIds of inBatches(parts.muffled.holders)) await recheckViewers(parts, viewerIds);
    },
  ];
}

async function recheckViewers(parts: RecheckParts, viewerIds: readonly string[]): Promise<void> {
  // Those that are open before memberships are read: who was allowed to open one later became a member later.
  const views = new Map(viewerIds.map((id) => [id, parts.notices.viewsOfConversations(id)]));
  const members = await parts.muffled.readUndisturbed(() =>
    parts.collections.members.find({ userId: { $in: viewerIds }, leftSeq: null }),
  );
  const streams = parts.hub.placed();
  // Learnt before anything else is awaited: a mark that is set from here on is newer than what was read.
  const known = membershipsByViewer(viewerIds, members).map(([viewerId, mine]) => learn(parts, viewerId, mine));
  for (const { viewerId, mine, cleared } of known) {
    const open = new Set(mine.filter(({ isSpam }) => !isSpam).map(({ conversationId }) => conversationId));
    for (const view of views.get(viewerId) ?? []) if (!open.has(view.subject ?? '')) view.end();
    for (const stream of streams.get(viewerId) ?? []) {
      for (const member of mine) {
        const isMarkedSince = !member.isSpam && parts.muffled.has(viewerId, member.conversationId);
        if (!isMarkedSince) await reconcile(parts.hub, stream, { member, isCleared: cleared.has(member) });
      }
    }
  }
}

function membershipsByViewer(viewerIds: readonly string[], members: readonly Member[]): [string, Member[]][] {
  const byViewer = new Map<string, Member[]>(viewerIds.map((id) => [id, []]));
  for (const member of members) byViewer.get(member.userId)?.push(member);
  return [...byViewer];
}

/** Takes over which conversations of a viewer are spam, and tells which were and are not. */
function learn({ muffled }: RecheckParts, viewerId: string, mine: readonly Member[]) {
  const isCleared = ({ conversationId, isSpam }: Member) => !isSpam && muffled.has(viewerId, conversationId);
  const cleared = new Set(mine.filter(isCleared));
  const spam = mine.filter(({ isSpam }) => isSpam);
  muffled.learn(
    viewerId,
    spam.map(({ conversationId }) => conversationId),
  );
  return { viewerId, mine, cleared };
}

/** Gives one stream what it would have if it had heard everything about one membership. */
async function reconcile(
  hub: FeedHub,
  stream: LogStream,
  { member, isCleared }: { member: Member; isCleared: boolean },
): Promise<void> {
  const { conversationId, isSpam } = member;
  const firstSeq = firstSeqOf(member);
  const follow = stream.follows.get(conversationId);
  if (isSpam && follow) stream.left(follow);
  else if (isSpam) return;
  else if (follow && !isAnother(member, follow)) follow.firstSeq = Math.max(follow.firstSeq, firstSeq);
  else if (isCleared) await hub.rejoin(stream, conversationId, firstSeq);
  else hub.joinLate(stream, conversationId, firstSeq);
}

/** Whether the membership began after the one that is followed, whose end has yet to be met. */
function isAnother({ joinedSeq }: Member, follow: Follow): boolean {
  return joinedSeq > Math.max(follow.position, follow.firstSeq);
}
