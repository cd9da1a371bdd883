import type { EventSight, Sight } from '../history.js';
import type { Membership } from '../memberships.js';
import type { Fault } from './fault.js';
import type { Logs } from './logs.js';

/** More entries behind than this are not replayed. */
const maxReplay = 1_000;

/** How a trail begins, and what a reset means on it. */
export interface TrailRules {
  readonly userId: string;
  /** Where it stands in each conversation; undefined: it may begin anywhere. */
  readonly known: ReadonlyMap<string, number> | undefined;
  /** A raw feed goes on after a reset's lastSeq, an application is given everything from its firstSeq on. */
  readonly isRaw: boolean;
}

/** Follows what somebody was shown, one thing after the other, and finds what the log does not say. */
export class Trail {
  readonly faults: Fault[] = [];
  /** The last seq of each conversation that is followed. */
  readonly places: Map<string, number>;
  /** Conversations whose own end has been shown, before it was said that they are left. */
  readonly ended = new Set<string>();
  private hasCaughtUp = false;

  constructor(
    private readonly rules: TrailRules,
    private readonly logs: Logs,
  ) {
    this.places = new Map(rules.known);
  }

  take(sight: Sight): void {
    if (sight.kind === 'caughtUp') this.hasCaughtUp = true;
    else if (sight.kind === 'event') this.takeEvent(sight);
    else if (sight.kind === 'left') this.takeLeft(sight);
    else this.takeReset(sight);
  }

  private takeEvent(sight: EventSight): void {
    const { conversationId, seq } = sight;
    const before = this.places.get(conversationId);
    const membership = this.membershipAt(conversationId, seq);
    this.places.set(conversationId, seq);
    if (this.logs.of(conversationId)[seq - 1]?.type !== sight.type) this.fault('another entry', sight);
    if (!membership) this.fault('not a member', sight);
    if (this.ended.has(conversationId)) this.fault('not told of leaving', sight);
    if (before !== undefined && seq <= before) this.fault('shown twice', sight, before);
    else if (!this.follows(before, seq, membership)) this.fault('gap or disorder', sight, before);
    if (membership && this.rules.isRaw && membership.to === seq) this.ended.add(conversationId);
    if (membership) this.checkMessage(sight, membership);
  }

  /** The next one, or the first one of a membership. */
  private follows(before: number | undefined, seq: number, membership: Membership | undefined): boolean {
    if (membership?.from === seq) return true;
    return before === undefined ? this.mayBeginWithin(membership) : seq === before + 1;
  }

  /** An application pages what a feed leaves out, and of a membership that has ended meanwhile there is no page. */
  private mayBeginWithin(membership: Membership | undefined): boolean {
    return this.rules.isRaw ? !this.rules.known : membership !== undefined && membership.to !== Infinity;
  }

  /** An entry comes with its message as it was then, or later; what lies before the membership is not shown. */
  private checkMessage(sight: EventSight, { from }: Membership): void {
    const entry = this.logs.of(sight.conversationId)[sight.seq - 1];
    if (!entry) return;
    const messageId = entry.type === 'MESSAGE_ADDED' ? entry.id : entry.messageId;
    if (messageId !== sight.messageId) this.fault('another entry', sight);
    else if (!this.isShownRightly(sight, { messageId, from })) this.fault('other content', sight);
  }

  private isShownRightly(sight: EventSight, { messageId, from }: { messageId?: string; from: number }): boolean {
    const message = messageId === undefined ? undefined : this.logs.messages.get(messageId);
    const mayBeShown = message !== undefined && message.seq >= from;
    const { content } = sight;
    if (mayBeShown !== (content !== undefined)) return false;
    if (message === undefined || content === undefined) return true;
    return sight.isRemoved
      ? content === '' && this.logs.changesOf(message.id, 'MESSAGE_REMOVED').length > 0
      : this.logs.maySay(message, content, sight.seq);
  }

  /** Who follows live is shown the end of its membership first. */
  private takeLeft(sight: Extract<Sight, { kind: 'left' }>): void {
    const { conversationId } = sight;
    const place = this.places.get(conversationId);
    const isEnd = this.membershipsIn(conversationId).some(({ to }) => to === place);
    if (this.hasCaughtUp && place !== undefined && !isEnd) this.fault('left without the last entry', sight, place);
    this.places.delete(conversationId);
    this.ended.delete(conversationId);
  }

  private takeReset(sight: Extract<Sight, { kind: 'reset' }>): void {
    const { conversationId, firstSeq, lastSeq } = sight;
    const place = this.places.get(conversationId);
    const isBeginning = this.membershipsIn(conversationId).some(({ from }) => from === firstSeq);
    if (!isBeginning || lastSeq > this.logs.of(conversationId).length) this.fault('gap or disorder', sight, place);
    const couldGoOn = place !== undefined && place >= firstSeq - 1 && lastSeq - place <= maxReplay;
    if (this.rules.isRaw && couldGoOn) this.fault('needless reset', sight, place);
    this.places.set(conversationId, this.rules.isRaw ? lastSeq : firstSeq - 1);
    this.ended.delete(conversationId);
  }

  private membershipsIn(conversationId: string): readonly Membership[] {
    return this.logs.membershipsOf(this.rules.userId, conversationId);
  }

  private membershipAt(conversationId: string, seq: number): Membership | undefined {
    return this.logs.membershipAt(this.rules.userId, conversationId, seq);
  }

  private fault(promise: Fault['promise'], sight: Sight, before?: number): void {
    const source = this.rules.isRaw ? 'a socket of ' : '';
    this.faults.push({ promise, where: `${source}${this.rules.userId} after ${before}: ${JSON.stringify(sight)}` });
  }
}
