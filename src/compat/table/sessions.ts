import { LoginDocument, LogoutDocument, SessionRevokeDocument, SessionsDocument } from '../../generated/operations.js';
import { operation } from '../operation.js';

/** Log-ins and how they end. A socket keeps the identity it was opened with, whatever it asks for. */
export const sessions = [
  operation({
    event: 'login',
    title: 'Log in',
    says: 'Begins a session and answers its token; pages get it as the cookie sid.',
    document: LoginDocument,
    input: { username: [], password: [] },
    reply: (data) => data.login,
    routes: ['POST /sessions'],
    status: 201,
    isPublic: true,
  }),
  operation({
    event: 'logout',
    title: 'Log out',
    says: 'Ends the session with which this is asked, and closes its sockets.',
    document: LogoutDocument,
    input: {},
    reply: (data) => data.logout,
    routes: ['DELETE /sessions/current'],
  }),
  operation({
    event: 'session list',
    title: 'List your sessions',
    says: 'Every session of yours that has not ended, and which of them asks.',
    document: SessionsDocument,
    input: {},
    reply: (data) => data.sessions,
    routes: ['GET /sessions'],
  }),
  operation({
    event: 'session revoke',
    title: 'End sessions',
    says: 'Ends one session of yours, or with all: true every one but that which asks.',
    document: SessionRevokeDocument,
    input: { sessionId: [], all: [] },
    reply: (data) => data.sessionRevoke,
    routes: [
      { at: 'DELETE /sessions/:sessionId', title: 'End a session' },
      { at: 'DELETE /sessions', with: { all: true }, title: 'End all other sessions' },
    ],
    bare: 'sessionId',
    either: ['sessionId', 'all'],
  }),
];
