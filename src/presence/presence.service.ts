import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Relations } from '../contacts/relations.js';
import type { Notices } from '../feed/notices.js';
import { Presence } from '../users/presence.js';
import { PresenceStore } from './presence-store.js';
import { type Attendance, presenceAt, type PresencePatience } from './presence.policy.js';
import { recentCache } from '../recent-cache.js';

/** What presence needs. */
export interface PresenceServiceParts {
  readonly relations: Relations;
  readonly notices: Notices;
  readonly bus: Bus;
  /** Hears when a change could not be told; the next change is told again. */
  readonly onError: (error: unknown) => void;
  readonly patience?: PresencePatience;
  readonly sweepEveryMs?: number;
  /** Milliseconds of a clock that nobody sets; it tells ages, not times of the day. */
  readonly now?: () => number;
}

/** AWAY after five minutes without activity; two seconds without a socket are a page that loads anew. */
const defaultPatience: PresencePatience = { awayAfterMs: 300_000, graceMs: 2_000 };
const defaultSweepMs = 1_000;
/** How often other processes hear of the activity of a person who has its sockets there, ms. */
const activityEveryMs = 30_000;

/**
 * Who is there: follows everybody's sockets on this process, knows what other processes say of theirs, and tells its
 * own subscribers what changes for them. Every process does so for its own, so nobody depends on one that dies.
 */
export class PresenceService {
  private readonly attendances = new Map<string, Attendance>();
  private readonly now: () => number;
  private readonly patience: PresencePatience;
  private readonly store: PresenceStore;
  private readonly toldActive = recentCache<true>(10_000, { ttl: activityEveryMs });
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: PresenceServiceParts) {
    this.now = parts.now ?? (() => performance.now());
    this.patience = parts.patience ?? defaultPatience;
    this.store = new PresenceStore(parts.bus, (userIds) => void this.tellAll(userIds));
    parts.bus.subscribe((message) => {
      if (message.kind === 'active') this.attended(message.userId);
      else if (message.kind === 'blockChanged') void this.tellPair(message.userIds).catch(parts.onError);
    });
  }

  /** Begins to notice who goes away or leaves. */
  start(): void {
    this.timer ??= setInterval(() => this.sweep(), this.parts.sweepEveryMs ?? defaultSweepMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.store.stop();
  }

  /** The person has one more socket open. */
  opened({ userId }: Actor): void {
    const openSockets = (this.attendances.get(userId)?.openSockets ?? 0) + 1;
    this.attend(userId, { openSockets, lastActiveAt: this.now(), closedAt: 0 });
  }

  /** The person has one socket less. */
  closed({ userId }: Actor): void {
    const attendance = this.attendances.get(userId);
    if (!attendance || attendance.openSockets === 0) return;
    const openSockets = attendance.openSockets - 1;
    this.attend(userId, { ...attendance, openSockets, closedAt: this.now() });
  }

  /** The person did something. Without a socket that does not make it ONLINE. */
  touch({ userId }: Actor): void {
    if (this.attended(userId) || this.own(userId) === Presence.OFFLINE) return;
    if (this.own(userId) === Presence.ONLINE && this.toldActive.has(userId)) return;
    this.toldActive.set(userId, true);
    this.parts.bus.publish({ kind: 'active', userId });
  }

  /** Looks at everybody's clock; the timer does this by itself. */
  sweep(): void {
    for (const [userId, attendance] of this.attendances) this.judge(userId, attendance);
  }

  /** The person's own presence. */
  own(userId: string): Presence {
    return this.store.get(userId);
  }

  /**
   * How people stand, as the viewer may see it. Visible are the viewer itself, those who have it as a contact and
   * those with whom it shares a conversation; all others and blocked ones are OFFLINE. At most three commands, none
   * when nobody of them is there.
   */
  async presenceFor(viewerId: string, userIds: readonly string[]): Promise<Map<string, Presence>> {
    const present = userIds.filter((id) => this.own(id) !== Presence.OFFLINE);
    const visible = present.length > 0 && (await this.parts.relations.visiblePresences(viewerId, present));
    return new Map(userIds.map((id) => [id, visible && visible.has(id) ? this.own(id) : Presence.OFFLINE]));
  }

  private attend(userId: string, attendance: Attendance): void {
    this.attendances.set(userId, attendance);
    this.judge(userId, attendance);
  }

  private judge(userId: string, attendance: Attendance): void {
    const presence = presenceAt(this.now(), attendance, this.patience);
    if (presence === Presence.OFFLINE) this.attendances.delete(userId);
    const before = this.own(userId);
    this.store.set(userId, presence);
    if (this.own(userId) !== before) void this.tellAll([userId]);
  }

  /** Notes the activity of a person; false when it has no socket on this process. */
  private attended(userId: string): boolean {
    const attendance = this.attendances.get(userId);
    if (attendance) this.attend(userId, { ...attendance, lastActiveAt: this.now() });
    return attendance !== undefined;
  }

  /** One after the other, because a process that dies takes many with it. */
  private async tellAll(userIds: readonly string[]): Promise<void> {
    for (const userId of userIds) await this.tell(userId).catch(this.parts.onError);
  }

  /** Two people between whom a block began or ended see each other anew. Who is not there stays so, untold. */
  private async tellPair([one, other]: readonly [string, string]): Promise<void> {
    await Promise.all([this.tellOne(one, other), this.tellOne(other, one)]);
  }

  /** Tells one viewer of a person, if it would hear of that person without a block. */
  private async tellOne(userId: string, viewerId: string): Promise<void> {
    if (this.own(userId) === Presence.OFFLINE) return;
    const { relations, notices } = this.parts;
    const [mayKnow, isOfInterest] = await Promise.all([
      relations.knownAmong(userId, [viewerId]),
      relations.knownAmong(viewerId, [userId]),
    ]);
    if (!mayKnow.has(viewerId)) return;
    const to = isOfInterest.has(userId) ? [viewerId] : [];
    notices.tellHere({ name: 'presenceChanged', payload: { userId }, subject: userId, to, toNamed: [viewerId] });
  }

  private async tell(userId: string): Promise<void> {
    const { all, interested } = await this.parts.relations.presenceAudienceOf(userId);
    this.parts.notices.tellHere({
      name: 'presenceChanged',
      payload: { userId },
      subject: userId,
      to: [...interested, userId],
      toNamed: all,
    });
  }
}
