import type { Actor } from '../auth/actor.js';
import type { Relations } from '../contacts/relations.js';
import type { Collections } from '../database/database.js';
import { isId } from '../database/ids.js';
import { type ListOrder, type ListPage, type PageRequest, readList } from '../database/page.js';
import type { Filter } from '../database/repository.js';
import { badInput, notFound } from '../errors.js';
import { fold, prefixPattern } from '../text/fold.js';
import { type DirectoryKind, mayFind } from './user.policy.js';
import type { User } from './user.model.js';
import { normaliseUsername } from './username.js';

/** What looking people up needs. */
export interface DirectoryParts {
  readonly collections: Collections;
  readonly relations: Relations;
  readonly directory: DirectoryKind;
}

/** Which people are wanted. */
export interface PeopleRequest extends PageRequest {
  readonly search?: string | null;
}

const byUsername: ListOrder = [{ field: 'username', kind: 'text', direction: 1 }];

/** Finds people, as far as the one who asks may know of them. */
export class UserDirectory {
  constructor(private readonly parts: DirectoryParts) {}

  /**
   * One person, also one that has gone.
   * @throws ChatError NOT_FOUND, also for those whom a closed directory hides; BAD_USER_INPUT unless exactly one is given
   */
  async find(actor: Actor, wanted: { id?: string | null; username?: string | null }): Promise<User> {
    if ((wanted.id == null) === (wanted.username == null)) {
      throw badInput('id', 'give either id or username, and not both');
    }
    const user =
      wanted.id == null ? await this.named(wanted.username ?? '') : (await this.findable(actor, [wanted.id]))[0];
    if (!user) throw notFound('user');
    return user;
  }

  /** In the order of the ids: the people whom the caller may look up by id, undefined for all others. */
  async findable(actor: Actor, ids: readonly string[]): Promise<(User | undefined)[]> {
    const users = await this.parts.collections.users.findByIds(ids);
    const { directory, relations } = this.parts;
    if (directory === 'open') return users;
    const known = await relations.knownAmong(actor.userId, ids.filter(isId));
    return users.map((user) =>
      user && mayFind(actor, user, { directory, isKnown: known.has(user.id) }) ? user : undefined,
    );
  }

  /** People by username, without those who have gone or stand in a block with the caller. */
  async list(actor: Actor, { search, first, after }: PeopleRequest): Promise<ListPage<User>> {
    const hidden = await this.parts.relations.hiddenFrom(actor.userId);
    const conditions: Filter[] = [{ removal: { $exists: false } }];
    if (hidden.size > 0) conditions.push({ _id: { $nin: [...hidden] } });
    if (search != null) conditions.push(...searchConditions(search));
    if (this.parts.directory === 'closed') conditions.push(await this.known(actor, search));
    return readList(this.parts.collections.users, {
      filter: { $and: conditions },
      order: byUsername,
      first,
      after,
    });
  }

  /** An exact username finds its person also in a closed directory. */
  private named(username: string): Promise<User | undefined> {
    return this.parts.collections.users.findOne({ username: normaliseUsername(username) });
  }

  private async known(actor: Actor, search: string | null | undefined): Promise<Filter> {
    const people = await this.parts.relations.peopleOf(actor.userId);
    const ids = { _id: { $in: [...people, actor.userId] } };
    return search == null ? ids : { $or: [ids, { username: normaliseUsername(search.trim()) }] };
  }
}

/** Every word that is searched for must begin a word of the person. */
function searchConditions(search: string): Filter[] {
  const words = fold(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
  return words.map((word) => ({ searchKeys: { $regex: prefixPattern(word) } }));
}
