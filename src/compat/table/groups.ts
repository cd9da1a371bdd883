import {
  GroupCreateDocument,
  GroupDeleteDocument,
  GroupUserAddDocument,
  GroupUserAdminAddDocument,
  GroupUserAdminRemoveDocument,
  GroupUserRemoveDocument,
  GroupUsersDocument,
} from '../../generated/operations.js';
import { operation } from '../operation.js';

const person = { groupId: ['conversationId'], userId: [] };

/** Groups and who is in them. */
export const groups = [
  operation({
    event: 'group create',
    title: 'Create a group',
    says: 'Makes a group that you own, with the people named.',
    document: GroupCreateDocument,
    input: { title: [], userIds: [], image: [] },
    reply: (data) => data.groupCreate.conversation,
    routes: ['POST /groups'],
    status: 201,
  }),
  operation({
    event: 'group delete',
    title: 'Delete a group',
    says: 'Ends the group for everybody. Its owner may.',
    document: GroupDeleteDocument,
    input: { groupId: ['conversationId'] },
    reply: (data) => data.groupDelete,
    routes: ['DELETE /groups/:groupId'],
    bare: 'groupId',
  }),
  operation({
    event: 'group user add',
    title: 'Add somebody to a group',
    says: 'Makes a person a member; the owner and the admins may.',
    document: GroupUserAddDocument,
    input: person,
    reply: (data) => data.groupUserAdd.member,
    routes: ['POST /groups/:groupId/users'],
    status: 201,
  }),
  operation({
    event: 'group user remove',
    title: 'Remove somebody from a group',
    says: 'Ends a membership; with your own id you leave.',
    document: GroupUserRemoveDocument,
    input: person,
    reply: (data) => data.groupUserRemove,
    routes: ['DELETE /groups/:groupId/users/:userId'],
  }),
  operation({
    event: 'group user admin add',
    title: 'Make a member an admin',
    says: 'The owner of the group may.',
    document: GroupUserAdminAddDocument,
    input: person,
    reply: (data) => data.groupUserAdminAdd.member,
    routes: ['PUT /groups/:groupId/admins/:userId'],
  }),
  operation({
    event: 'group user admin remove',
    title: 'Make an admin a plain member',
    says: 'The owner of the group may.',
    document: GroupUserAdminRemoveDocument,
    input: person,
    reply: (data) => data.groupUserAdminRemove.member,
    routes: ['DELETE /groups/:groupId/admins/:userId'],
  }),
  operation({
    event: 'group user list',
    title: 'List the members of a group',
    says: 'Of a group in which you are yourself.',
    document: GroupUsersDocument,
    input: { groupId: ['conversationId'], first: [], after: [] },
    reply: (data) => data.groupUsers,
    routes: ['GET /groups/:groupId/users'],
    bare: 'groupId',
  }),
];
