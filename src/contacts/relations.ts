import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { objectId } from '../database/ids.js';
import { BlockedPairs } from './blocked-pairs.js';

/** Who may see a person's presence. */
export interface PresenceAudience {
  readonly all: readonly string[];
  /** Those of all who have the person among their own people, and so hear of it without asking for it by id. */
  readonly interested: readonly string[];
}

/** Who knows whom, who has blocked whom and who shares a conversation: a few indexed reads each. */
export class Relations {
  private readonly blockedPairs: BlockedPairs;

  constructor(
    private readonly collections: Collections,
    bus: Bus,
  ) {
    this.blockedPairs = new BlockedPairs(collections.blocks, bus);
  }

  /** Whether one of the two has blocked the other. At most one command, and seldom that. */
  isBlocked(one: string, other: string): Promise<boolean> {
    return this.blockedPairs.has(one, other);
  }

  /** Everybody whom the person has blocked or who has blocked it. One command. */
  async hiddenFrom(userId: string): Promise<Set<string>> {
    const blocks = await this.collections.blocks.find({ $or: [{ ownerId: userId }, { userId }] });
    return new Set(blocks.map((block) => (block.ownerId === userId ? block.userId : block.ownerId)));
  }

  /** The person's people: its contacts and those with whom it shares a conversation. Two commands. */
  async peopleOf(userId: string): Promise<Set<string>> {
    const [contacts, companions] = await Promise.all([
      this.collections.contacts.find({ ownerId: userId }),
      this.companionsOf(userId),
    ]);
    return new Set([...contacts.map((contact) => contact.userId), ...companions]);
  }

  /** Those of the given people who are among the person's people. Two commands. */
  async knownAmong(userId: string, others: readonly string[]): Promise<Set<string>> {
    const [contacts, companions] = await Promise.all([
      this.collections.contacts.find({ ownerId: userId, userId: { $in: others } }),
      this.companionsOf(userId, others),
    ]);
    return new Set([...contacts.map((contact) => contact.userId), ...companions]);
  }

  /**
   * Those among whose people the person is: who has it as a contact and who shares a conversation with it. Blocked
   * ones and the person itself are not among them. Three commands.
   */
  async audienceOf(userId: string): Promise<string[]> {
    const [contacts, companions, hidden] = await Promise.all([
      this.collections.contacts.find({ userId }),
      this.companionsOf(userId),
      this.hiddenFrom(userId),
    ]);
    const audience = new Set([...contacts.map((contact) => contact.ownerId), ...companions]);
    return [...audience].filter((id) => !hidden.has(id) && id !== userId);
  }

  /**
   * Those who may see whether the person is there: whom it has as a contact and who shares a conversation with it,
   * without blocked ones and the person itself. Five commands.
   */
  async presenceAudienceOf(userId: string): Promise<PresenceAudience> {
    const [people, audience, hidden] = await Promise.all([
      this.peopleOf(userId),
      this.audienceOf(userId),
      this.hiddenFrom(userId),
    ]);
    const all = [...people].filter((id) => !hidden.has(id) && id !== userId);
    const interested = new Set(audience);
    return { all, interested: all.filter((id) => interested.has(id)) };
  }

  /** Those of the given people whose presence the viewer may see, itself included. At most three commands. */
  async visiblePresences(viewerId: string, userIds: readonly string[]): Promise<Set<string>> {
    const others = userIds.filter((id) => id !== viewerId);
    if (others.length === 0) return new Set(userIds);
    const [contacts, companions, hidden] = await Promise.all([
      this.collections.contacts.find({ userId: viewerId, ownerId: { $in: others } }),
      this.companionsOf(viewerId, others),
      this.hiddenFrom(viewerId),
    ]);
    const visible = [...contacts.map((contact) => contact.ownerId), ...companions].filter((id) => !hidden.has(id));
    return new Set([viewerId, ...visible]);
  }

  /** The members of the person's conversations, or those of the given people who are. It may contain the person. */
  private async companionsOf(userId: string, among?: readonly string[]): Promise<string[]> {
    const person = { memberIds: objectId(userId) };
    const wanted = among && { memberIds: { $in: among.map(objectId) } };
    const rows = await this.collections.conversations.aggregate<{ _id: { toHexString(): string } }>([
      { $match: wanted ? { $and: [person, wanted] } : person },
      { $unwind: '$memberIds' },
      ...(wanted ? [{ $match: wanted }] : []),
      { $group: { _id: '$memberIds' } },
    ]);
    return rows.map((row) => row._id.toHexString());
  }
}
