import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { notFound } from '../errors.js';
import type { NoticePayloads } from '../feed/notice.js';
import { ForwardPageArgs, type Page } from '../graphql/connection.js';
import type { Context } from '../graphql/context.js';
import { live } from '../graphql/live.js';
import { User } from '../users/user.model.js';
import { ContactUserAddInput, ContactUserRemoveInput } from './contact.inputs.js';
import { Contact } from './contact.model.js';
import { ContactConnection, ContactUserAddPayload, ContactUserRemovePayload } from './contact.payloads.js';
import type { ContactService } from './contact.service.js';

/** The names and types of address books in the API. */
@Resolver(() => Contact)
export class ContactResolver {
  constructor(private readonly contacts: ContactService) {}

  @Query(() => ContactConnection, { name: 'contacts', description: "The caller's own, newest first." })
  list(@Args(() => ForwardPageArgs) page: ForwardPageArgs, @Ctx() ctx: Context): Promise<Page<Contact>> {
    return this.contacts.list(ctx.viewer, page);
  }

  @Mutation(() => ContactUserAddPayload, {
    description: 'Puts a person into your contacts, or changes the alias of one who is there. Nobody learns of it.',
  })
  async contactUserAdd(
    @Arg('input', () => ContactUserAddInput) input: ContactUserAddInput,
    @Ctx() ctx: Context,
  ): Promise<ContactUserAddPayload> {
    return { contact: await this.contacts.add(ctx.viewer, input) };
  }

  @Mutation(() => ContactUserRemovePayload, { description: 'Takes a person out of your contacts.' })
  async contactUserRemove(
    @Arg('input', () => ContactUserRemoveInput) { userId }: ContactUserRemoveInput,
    @Ctx() ctx: Context,
  ): Promise<ContactUserRemovePayload> {
    return { userId: await this.contacts.remove(ctx.viewer, userId) };
  }

  @Subscription(() => Contact, {
    description: 'A contact that the caller added, or gave another alias.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'contactUserAdded')),
  })
  contactUserAdded(@Root() { contactId }: NoticePayloads['contactUserAdded']): Promise<Contact> {
    return this.contacts.get(contactId);
  }

  @Subscription(() => ID, {
    description: 'The id of a person whom the caller took out of its contacts.',
    subscribe: live((ctx) => ctx.streams.notices(ctx.viewer.userId, 'contactUserRemoved')),
  })
  contactUserRemoved(@Root() { userId }: NoticePayloads['contactUserRemoved']): string {
    return userId;
  }

  @FieldResolver(() => User)
  async user(@Root() contact: Contact, @Ctx() ctx: Context): Promise<User> {
    const user = await ctx.loaders.user.load(contact.userId);
    if (!user) throw notFound('user');
    return user;
  }
}
