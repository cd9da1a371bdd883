import { LoginDocument, LogoutDocument, SessionRevokeDocument, SessionsDocument } from '../../generated/operations.js';
import { operation } from '../operation.js';

/** Log-ins and how they end. A socket keeps the identity it was opened with, whatever it asks for. */
export const sessions = [
  operation({
    event: 'login',
    document: LoginDocument,
    input: { username: [], password: [] },
    reply: (data) => data.login,
    routes: ['POST /sessions'],
    status: 201,
    isPublic: true,
  }),
  operation({
    event: 'logout',
    document: LogoutDocument,
    input: {},
    reply: (data) => data.logout,
    routes: ['DELETE /sessions/current'],
  }),
  operation({
    event: 'session list',
    document: SessionsDocument,
    input: {},
    reply: (data) => data.sessions,
    routes: ['GET /sessions'],
  }),
  operation({
    event: 'session revoke',
    document: SessionRevokeDocument,
    input: { sessionId: [], all: [] },
    reply: (data) => data.sessionRevoke,
    routes: ['DELETE /sessions/:sessionId', { at: 'DELETE /sessions', with: { all: true } }],
    bare: 'sessionId',
    either: ['sessionId', 'all'],
  }),
];
