import type { Operation } from './operation.js';
import { conversations } from './table/conversations.js';
import { groups } from './table/groups.js';
import { messages } from './table/messages.js';
import { people } from './table/people.js';
import { sessions } from './table/sessions.js';

/** The one list of what REST and Socket.IO serve; both are derived from it. */
export const table: readonly Operation[] = [...sessions, ...conversations, ...messages, ...groups, ...people];
