import type { Actor } from '../auth/actor.js';
import type { Collections } from '../database/database.js';
import { type ListPage, newestFirst, type PageRequest, readList } from '../database/page.js';
import { isDuplicateKey } from '../database/repository.js';
import { badInput, notFound } from '../errors.js';
import type { Notices } from '../feed/notices.js';
import { isPresent } from '../users/user.policy.js';
import type { Contact } from './contact.model.js';
import { isOther } from './contact.policy.js';

/** What address books need. */
export interface ContactServiceParts {
  readonly collections: Collections;
  readonly notices: Notices;
}

/** Everybody's private address book. Nobody learns in whose it stands. */
export class ContactService {
  constructor(private readonly parts: ContactServiceParts) {}

  /**
   * Puts a person into the caller's address book, or changes the alias of one who is there.
   * @throws ChatError BAD_USER_INPUT for oneself; NOT_FOUND for nobody and for somebody who has gone
   */
  async add(actor: Actor, { userId, alias }: { userId: string; alias?: string | null }): Promise<Contact> {
    if (!isOther(actor.userId, userId)) throw badInput('userId', 'is your own id; give the id of another person');
    const { contacts, users } = this.parts.collections;
    if (!isPresent(await users.findById(userId))) throw notFound('user');
    const existing = await contacts.findOne({ ownerId: actor.userId, userId });
    const isSame = alias === undefined || (existing?.alias ?? null) === alias;
    if (existing && isSame) return existing;
    const contact = await this.store(actor.userId, userId, alias);
    this.parts.notices.publish({
      name: 'contactUserAdded',
      payload: { contactId: contact.id },
      to: [actor.userId],
    });
    return contact;
  }

  /**
   * Takes a person out of the caller's address book. Who is not in it stays out: success without an event.
   * @throws ChatError NOT_FOUND for nobody
   */
  async remove(actor: Actor, userId: string): Promise<string> {
    const { contacts, users } = this.parts.collections;
    if (!(await users.findById(userId))) throw notFound('user');
    const removed = await contacts.deleteMany({ ownerId: actor.userId, userId });
    if (removed > 0) {
      this.parts.notices.publish({ name: 'contactUserRemoved', payload: { userId }, to: [actor.userId] });
    }
    return userId;
  }

  /** The caller's address book, newest first. One command. */
  list(actor: Actor, part: PageRequest): Promise<ListPage<Contact>> {
    return readList(this.parts.collections.contacts, {
      ...part,
      filter: { ownerId: actor.userId },
      order: newestFirst,
    });
  }

  /**
   * A contact by its own id. Whoever asks must have been allowed to know the id.
   * @throws ChatError NOT_FOUND when it has been removed meanwhile
   */
  async get(contactId: string): Promise<Contact> {
    const contact = await this.parts.collections.contacts.findById(contactId);
    if (!contact) throw notFound('contact');
    return contact;
  }

  private async store(ownerId: string, userId: string, alias: string | null | undefined): Promise<Contact> {
    const change = { ...(alias === undefined ? {} : { $set: { alias } }), $setOnInsert: { createdAt: new Date() } };
    const write = () => this.parts.collections.contacts.findOneAndUpdate({ ownerId, userId }, change, { upsert: true });
    // Of two upserts at once the unique index refuses one, which then finds the other's row.
    const contact = await write().catch((error: unknown) => {
      if (isDuplicateKey(error)) return write();
      throw error;
    });
    if (!contact) throw notFound('contact');
    return contact;
  }
}
