import { Presence } from '../users/presence.js';

/** Where processes keep what they know of who is there. What is not kept is OFFLINE. */
export interface PresenceStore {
  /** Says how a person stands on this process. */
  set(userId: string, presence: Presence): void;
  /** How a person stands on all processes together. */
  get(userId: string): Presence;
}

/** The store of a single process. */
export class MemoryPresenceStore implements PresenceStore {
  private readonly present = new Map<string, Presence>();

  set(userId: string, presence: Presence): void {
    if (presence === Presence.OFFLINE) this.present.delete(userId);
    else this.present.set(userId, presence);
  }

  get(userId: string): Presence {
    return this.present.get(userId) ?? Presence.OFFLINE;
  }
}
