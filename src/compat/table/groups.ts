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
    document: GroupCreateDocument,
    input: { title: [], userIds: [], image: [] },
    reply: (data) => data.groupCreate.conversation,
    routes: ['POST /groups'],
    status: 201,
  }),
  operation({
    event: 'group delete',
    document: GroupDeleteDocument,
    input: { groupId: ['conversationId'] },
    reply: (data) => data.groupDelete,
    routes: ['DELETE /groups/:groupId'],
    bare: 'groupId',
  }),
  operation({
    event: 'group user add',
    document: GroupUserAddDocument,
    input: person,
    reply: (data) => data.groupUserAdd.member,
    routes: ['POST /groups/:groupId/users'],
    status: 201,
  }),
  operation({
    event: 'group user remove',
    document: GroupUserRemoveDocument,
    input: person,
    reply: (data) => data.groupUserRemove,
    routes: ['DELETE /groups/:groupId/users/:userId'],
  }),
  operation({
    event: 'group user admin add',
    document: GroupUserAdminAddDocument,
    input: person,
    reply: (data) => data.groupUserAdminAdd.member,
    routes: ['PUT /groups/:groupId/admins/:userId'],
  }),
  operation({
    event: 'group user admin remove',
    document: GroupUserAdminRemoveDocument,
    input: person,
    reply: (data) => data.groupUserAdminRemove.member,
    routes: ['DELETE /groups/:groupId/admins/:userId'],
  }),
  operation({
    event: 'group user list',
    document: GroupUsersDocument,
    input: { groupId: ['conversationId'], first: [], after: [] },
    reply: (data) => data.groupUsers,
    routes: ['GET /groups/:groupId/users'],
    bare: 'groupId',
  }),
];
