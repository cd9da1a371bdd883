import type { Actor } from '../auth/actor.js';
import type { Relations } from '../contacts/relations.js';
import type { Access } from '../conversations/access.js';
import { ConversationKind } from '../conversations/conversation-kind.js';
import type { Conversation } from '../conversations/conversation.model.js';
import { MemberRole } from '../conversations/member-role.js';
import type { Member } from '../conversations/member.model.js';
import type { Collections } from '../database/database.js';
import { newId } from '../database/ids.js';
import { badInput, type ChatError, forbidden, notFound } from '../errors.js';
import type { Notices } from '../feed/notices.js';
import type { Draft } from '../log/append-request.js';
import type { ConversationLog } from '../log/conversation-log.js';
import type { ConversationState, Seat } from '../log/conversation-state.js';
import { ConversationEventType as Type } from '../log/entry-type.js';
import type { Departures } from './departures.js';
import type { GroupCreateInput, GroupUserInput } from './group.inputs.js';
import { isOwner, mayAddPeople, mayRemove } from './group.policy.js';

/** Members that a group can hold. */
const maxMembers = 2_000;

export interface GroupServiceParts {
  readonly collections: Collections;
  readonly access: Access;
  readonly relations: Relations;
  readonly log: ConversationLog;
  readonly notices: Notices;
  readonly departures: Departures;
}

/** Decides on the log's state: the caller's seat is certain, the other's may be missing. */
type GroupDecision = (seat: Seat, target: Seat | undefined, state: ConversationState) => Draft[] | Promise<Draft[]>;

/** Groups: who is in them and what role each has. Every change is an entry of the group's log. */
export class GroupService {
  constructor(private readonly parts: GroupServiceParts) {}

  /** @throws ChatError BAD_USER_INPUT over 2,000 members; NOT_FOUND; FORBIDDEN for who blocked the caller */
  async create(actor: Actor, { title, userIds, image }: GroupCreateInput): Promise<Conversation> {
    const others = [...new Set(userIds)].filter((userId) => userId !== actor.userId);
    if (others.length >= maxMembers) throw badInput('userIds', `a group holds at most ${maxMembers} members`);
    await this.assertInvitable(actor, others);
    const conversationId = await this.prepare(actor);
    const draft = {
      type: Type.GROUP_CREATED,
      actorId: actor.userId,
      userIds: others,
      title,
      image: image ?? undefined,
    };
    await this.parts.log.append({ conversationId, decide: (state) => (state.seq > 0 ? [] : [draft]) });
    await this.parts.departures.takeOutGone(conversationId, [actor.userId, ...others]);
    const group = await this.parts.collections.conversations.findById(conversationId);
    if (!group) throw notFound('group');
    this.tellListChanged(conversationId, group.memberIds);
    return group;
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for all but the owner */
  async delete(actor: Actor, groupId: string): Promise<string> {
    await this.group(actor, groupId);
    await this.parts.log.append({
      conversationId: groupId,
      decide: (state) => {
        const { role } = this.parts.access.seatOf(actor, state);
        if (!isOwner(role)) throw forbidden('OWNER_ONLY', 'Only the owner deletes the group. You can leave it.');
        return [{ type: Type.GROUP_DELETED, actorId: actor.userId }];
      },
    });
    return groupId;
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for plain members; BAD_USER_INPUT when the group is full */
  async addUser(actor: Actor, input: GroupUserInput): Promise<Member> {
    await this.group(actor, input.groupId);
    await this.assertInvitable(actor, [input.userId]);
    const hasJoined = await this.change(actor, input, (seat, target, { seats }) => {
      if (target) return [];
      if (!mayAddPeople(seat.role)) throw forbidden('ADMINS_ONLY', 'Only the owner and the admins add people.');
      if (seats.size >= maxMembers) throw badInput('userId', `a group holds at most ${maxMembers} members`);
      return [{ type: Type.MEMBER_ADDED, actorId: actor.userId, userId: input.userId }];
    });
    if (hasJoined && (await this.parts.departures.takeOutGone(input.groupId, [input.userId]))) throw notFound('user');
    if (hasJoined) this.tellListChanged(input.groupId, [input.userId]);
    return this.member(input);
  }

  /** Oneself one may always remove: that is leaving. @throws ChatError NOT_FOUND; FORBIDDEN */
  async removeUser(actor: Actor, input: GroupUserInput): Promise<void> {
    await this.group(actor, input.groupId);
    const person = await this.parts.collections.users.findById(input.userId);
    if (!person) throw notFound('user');
    await this.change(actor, input, (seat, target, state) => {
      if (input.userId === actor.userId) return this.parts.departures.entriesOfLeaving(actor.userId, state);
      if (!mayRemove(seat.role, target?.role)) throw removalRefused(seat.role);
      return target ? [{ type: Type.MEMBER_REMOVED, actorId: actor.userId, userId: input.userId }] : [];
    });
  }

  /** @throws ChatError NOT_FOUND; FORBIDDEN for all but the owner */
  async addAdmin(actor: Actor, input: GroupUserInput): Promise<Member> {
    await this.group(actor, input.groupId);
    await this.change(actor, input, (seat, target) => {
      if (!isOwner(seat.role)) throw forbidden('OWNER_ONLY', 'Only the owner makes admins.');
      if (!target) throw notFound('member');
      if (target.role !== MemberRole.MEMBER) return [];
      return [{ type: Type.ADMIN_ADDED, actorId: actor.userId, userId: input.userId }];
    });
    return this.member(input);
  }

  /** An admin may step down. @throws ChatError NOT_FOUND; FORBIDDEN for all others but the owner */
  async removeAdmin(actor: Actor, input: GroupUserInput): Promise<Member> {
    await this.group(actor, input.groupId);
    await this.change(actor, input, (seat, target) => {
      const isOwnRole = input.userId === actor.userId;
      if (!isOwner(seat.role) && !isOwnRole)
        throw forbidden('OWNER_ONLY', 'Only the owner unmakes admins. An admin can step down.');
      if (!target) throw notFound('member');
      if (target.role === MemberRole.OWNER)
        throw forbidden('OWNER_STAYS', 'The owner stays the owner until it leaves the group.');
      if (target.role === MemberRole.MEMBER) return [];
      return [{ type: Type.ADMIN_REMOVED, actorId: actor.userId, userId: input.userId }];
    });
    return this.member(input);
  }

  /** @throws ChatError NOT_FOUND unless the person is in the group */
  async assertInside(actor: Actor, groupId: string): Promise<void> {
    await this.group(actor, groupId);
  }

  /** Whether anything was appended. */
  private async change(actor: Actor, { groupId, userId }: GroupUserInput, decide: GroupDecision): Promise<boolean> {
    const { entries } = await this.parts.log.append({
      conversationId: groupId,
      decide: (state) => decide(this.parts.access.seatOf(actor, state), state.seats.get(userId), state),
    });
    return entries.length > 0;
  }

  /** The group exists for nobody until its first entry is there. */
  private async prepare(actor: Actor): Promise<string> {
    const id = newId();
    const now = new Date();
    await this.parts.collections.conversations.insert({
      _id: id,
      kind: ConversationKind.GROUP,
      createdById: actor.userId,
      memberIds: [],
      createdAt: now,
      updatedAt: now,
    });
    return id;
  }

  /** Nobody is brought into a group by somebody whom it blocked. */
  private async assertInvitable(actor: Actor, userIds: readonly string[]): Promise<void> {
    const [people, hidden] = await Promise.all([
      this.parts.collections.users.findByIds(userIds),
      this.parts.relations.hiddenFrom(actor.userId),
    ]);
    if (people.some((person) => !person || person.removal !== undefined)) throw notFound('user');
    if (userIds.some((userId) => hidden.has(userId))) {
      throw forbidden('PERSON_BLOCKED', 'You cannot bring in somebody whom you blocked or who has blocked you.');
    }
  }

  /** @throws ChatError NOT_FOUND for what is no group of the caller's */
  private async group(actor: Actor, groupId: string): Promise<Conversation> {
    const conversation = await this.parts.access.conversation(actor, groupId);
    if (conversation.kind !== ConversationKind.GROUP) throw notFound('group');
    return conversation;
  }

  private async member({ groupId, userId }: GroupUserInput): Promise<Member> {
    const member = await this.parts.collections.members.findOne({ conversationId: groupId, userId });
    if (!member) throw notFound('member');
    return member;
  }

  private tellListChanged(conversationId: string, to: readonly string[]): void {
    const payload = { conversationId };
    this.parts.notices.publish({ name: 'conversationListChanged', payload, to, subject: conversationId });
  }
}

function removalRefused(role: MemberRole): ChatError {
  const sentence = 'The owner removes everybody, an admin plain members only.';
  return forbidden(role === MemberRole.ADMIN ? 'OWNER_ONLY' : 'ADMINS_ONLY', sentence);
}
