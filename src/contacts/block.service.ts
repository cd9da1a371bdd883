import type { Actor } from '../auth/actor.js';
import type { Bus } from '../bus/bus.js';
import type { Collections } from '../database/database.js';
import { type ListPage, newestFirst, type PageRequest, readList } from '../database/page.js';
import { isDuplicateKey } from '../database/repository.js';
import { badInput, notFound } from '../errors.js';
import { isPresent } from '../users/user.policy.js';
import type { User } from '../users/user.model.js';
import { isOther } from './contact.policy.js';

/** What blocking needs. */
export interface BlockServiceParts {
  readonly collections: Collections;
  readonly bus: Bus;
}

/** Who does not want to hear from whom. The other person is never told. */
export class BlockService {
  constructor(private readonly parts: BlockServiceParts) {}

  /**
   * Blocks a person; once more changes nothing.
   * @throws ChatError BAD_USER_INPUT for oneself; NOT_FOUND for nobody and for somebody who has gone
   */
  async block(actor: Actor, userId: string): Promise<User> {
    if (!isOther(actor.userId, userId)) throw badInput('userId', 'is your own id; give the id of another person');
    const user = await this.parts.collections.users.findById(userId);
    if (!isPresent(user)) throw notFound('user');
    const pair = { ownerId: actor.userId, userId };
    const change = { $setOnInsert: { createdAt: new Date() } };
    await this.parts.collections.blocks.findOneAndUpdate(pair, change, { upsert: true }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
    this.tell(actor, userId);
    return user;
  }

  /**
   * Ends a block; where there is none, nothing changes.
   * @throws ChatError NOT_FOUND for nobody
   */
  async unblock(actor: Actor, userId: string): Promise<User> {
    const user = await this.parts.collections.users.findById(userId);
    if (!user) throw notFound('user');
    await this.parts.collections.blocks.deleteMany({ ownerId: actor.userId, userId });
    this.tell(actor, userId);
    return user;
  }

  /** Whom the caller has blocked, the latest first. Two commands. */
  async list(actor: Actor, part: PageRequest): Promise<ListPage<User>> {
    const { blocks, users } = this.parts.collections;
    const page = await readList(blocks, { ...part, filter: { ownerId: actor.userId }, order: newestFirst });
    const people = await users.findByIds(page.edges.map(({ node }) => node.userId));
    const edges = page.edges.flatMap(({ cursor }, at) => {
      const node = people[at];
      return node ? [{ cursor, node }] : [];
    });
    return { ...page, edges };
  }

  private tell(actor: Actor, userId: string): void {
    this.parts.bus.publish({ kind: 'blockChanged', userIds: [actor.userId, userId] });
  }
}
