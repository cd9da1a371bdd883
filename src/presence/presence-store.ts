import type { Bus } from '../bus/bus.js';
import type { PresenceTold } from '../bus/messages.js';
import { Presence } from '../users/presence.js';

type Standing = Map<string, Presence>;

/** From the least to the most present. */
const order = [Presence.OFFLINE, Presence.AWAY, Presence.ONLINE];

/** Pause between two answers to those who ask for everybody, ms. */
const answerEveryMs = 500;

/** Who is there, on all processes together. Each one tells the others of its own people, and asks when in doubt. */
export class PresenceStore {
  private readonly own: Standing = new Map();
  private readonly elsewhere = new Map<string, Standing>();
  private answering: NodeJS.Timeout | undefined;

  /** @param changed hears of people who stand differently because of what another process told */
  constructor(
    private readonly bus: Bus,
    private readonly changed: (userIds: readonly string[]) => void,
  ) {
    bus.subscribe((message) => {
      if (message.kind === 'presence' && message.processId !== bus.processId) this.hear(message);
      if (message.kind === 'presenceWanted' && message.processId !== bus.processId) this.answerSoon();
      if (message.kind === 'processGone') this.lose(message.processId);
      if (message.kind === 'doubt') bus.publish({ kind: 'presenceWanted', processId: bus.processId });
    });
  }

  /** Says how a person stands on this process. */
  set(userId: string, presence: Presence): void {
    if ((this.own.get(userId) ?? Presence.OFFLINE) === presence) return;
    place(this.own, userId, presence);
    this.tell([{ userId, presence }], false);
  }

  /** How a person stands on all processes together. */
  get(userId: string): Presence {
    let best = order.indexOf(this.own.get(userId) ?? Presence.OFFLINE);
    for (const standing of this.elsewhere.values()) {
      best = Math.max(best, order.indexOf(standing.get(userId) ?? Presence.OFFLINE));
    }
    return order[best] ?? Presence.OFFLINE;
  }

  stop(): void {
    clearTimeout(this.answering);
  }

  private hear({ processId, people, isAll }: PresenceTold): void {
    const standing = (isAll ? undefined : this.elsewhere.get(processId)) ?? new Map<string, Presence>();
    const touched = new Set(people.map(({ userId }) => userId));
    if (isAll) for (const userId of this.elsewhere.get(processId)?.keys() ?? []) touched.add(userId);
    this.change(touched, () => {
      for (const { userId, presence } of people) place(standing, userId, presence);
      this.elsewhere.set(processId, standing);
    });
  }

  private lose(processId: string): void {
    const lost = this.elsewhere.get(processId);
    if (lost) this.change(lost.keys(), () => this.elsewhere.delete(processId));
  }

  /** Makes a change and tells whose standing is another one after it. */
  private change(userIds: Iterable<string>, make: () => void): void {
    const before = new Map([...userIds].map((userId) => [userId, this.get(userId)]));
    make();
    const changed = [...before].filter(([userId, presence]) => this.get(userId) !== presence).map(([userId]) => userId);
    if (changed.length > 0) this.changed(changed);
  }

  /** Several may ask at once. */
  private answerSoon(): void {
    this.answering ??= setTimeout(() => {
      this.answering = undefined;
      const people = [...this.own].map(([userId, presence]) => ({ userId, presence }));
      this.tell(people, true);
    }, answerEveryMs).unref();
  }

  private tell(people: PresenceTold['people'], isAll: boolean): void {
    this.bus.publish({ kind: 'presence', processId: this.bus.processId, people, isAll });
  }
}

function place(standing: Standing, userId: string, presence: Presence): void {
  if (presence === Presence.OFFLINE) standing.delete(userId);
  else standing.set(userId, presence);
}
