import { useChatState } from '../state/hooks.js';
import type { ChatState, Row } from '../state/types.js';
import { amountOf } from '../text/catalogue.js';

/** The server counts the unread among so many of the newest entries. */
const counted = 1_000;

/** How many messages are unread, and how people read it. */
export interface Unread {
  readonly count: number;
  readonly amount: string;
}

export function unreadIn(row: Row): Unread {
  return { count: row.unreadCount, amount: amountOf(row.unreadCount, isMoreIn(row)) };
}

/** How many unread messages wait, without muted conversations and spam. @param except the id of one not to count */
export function useUnread(except?: string): Unread {
  const count = useChatState((state) => waiting(state, except).reduce((sum, row) => sum + row.unreadCount, 0));
  const isMore = useChatState((state) => waiting(state, except).some(isMoreIn));
  return { count, amount: amountOf(count, isMore) };
}

function waiting({ rows }: ChatState, except: string | undefined): readonly Row[] {
  return [...rows.values()].filter(({ id, isMuted, isSpam }) => !isMuted && !isSpam && id !== except);
}

/** Whether there are entries that nobody has read and the server has not looked at. */
function isMoreIn({ lastSeq, me, unreadCount }: Row): boolean {
  return unreadCount > 0 && lastSeq - me.readSeq > counted;
}
