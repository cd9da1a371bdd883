import { useRoom, useSession } from '../state/hooks.js';
import type { Member, Message } from '../state/types.js';

/** How far a message has come, by whom it has reached. */
export interface Progress {
  readonly read: readonly Member[];
  readonly delivered: readonly Member[];
  readonly sent: readonly Member[];
}

/** Who joined later cannot see the message, however far it has read since. */
export function useProgress({ conversationId, seq, from }: Pick<Message, 'conversationId' | 'seq' | 'from'>): Progress {
  const { me } = useSession();
  const members = [...(useRoom(conversationId)?.members.values() ?? [])].filter(
    ({ user, joinedSeq }) => user.id !== me.id && user.id !== from.id && joinedSeq <= seq,
  );
  return {
    read: members.filter(({ readSeq }) => readSeq >= seq),
    delivered: members.filter(({ readSeq, deliveredSeq }) => readSeq < seq && deliveredSeq >= seq),
    sent: members.filter(({ deliveredSeq }) => deliveredSeq < seq),
  };
}
