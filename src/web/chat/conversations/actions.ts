import { useCallback, useMemo } from 'react';
import {
  ConversationMuteDocument,
  ConversationRemoveDocument,
  ConversationSpamClearDocument,
  ConversationSpamDocument,
  ConversationUpdateDocument,
  GroupDeleteDocument,
  GroupUserRemoveDocument,
} from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import type { Row } from '../state/types.js';
import { useFaults } from '../ui/faults.js';
import { goTo, leavePlace } from '../ui/route.js';

/** What can be done with a conversation as a whole. */
export function useConversationActions({ id }: Pick<Row, 'id'>) {
  const session = useSession();
  const { attempt } = useFaults();
  const away = useAway(id);
  return useMemo(() => {
    const { client, me } = session;
    const input = { conversationId: id };
    return {
      mute: (muted: boolean) =>
        attempt(async () => {
          const { conversationMute } = await client.request(ConversationMuteDocument, { input: { ...input, muted } });
          session.know([conversationMute.conversation]);
        }),
      /** @throws ChatRequestError */
      rename: (title: string) => client.request(ConversationUpdateDocument, { input: { ...input, title } }),
      /** @throws ChatRequestError */
      setImage: async (image: string | null) => {
        const { conversationUpdate } = await client.request(ConversationUpdateDocument, { input: { ...input, image } });
        session.know([conversationUpdate.conversation]);
      },
      remove: () => away(() => client.request(ConversationRemoveDocument, { input })),
      markSpam: (reason: string) =>
        away(async () => {
          const marked = { ...input, reason: reason || undefined };
          const { conversationSpam } = await client.request(ConversationSpamDocument, { input: marked });
          session.know([conversationSpam.conversation]);
        }),
      clearSpam: () =>
        attempt(async () => {
          const { conversationSpamClear } = await client.request(ConversationSpamClearDocument, { input });
          session.know([conversationSpamClear.conversation]);
          goTo({ conversationId: id });
        }),
      leave: () => away(() => client.request(GroupUserRemoveDocument, { input: { groupId: id, userId: me.id } })),
      deleteGroup: () => away(() => client.request(GroupDeleteDocument, { input: { groupId: id } })),
    };
  }, [attempt, away, id, session]);
}

/** Does what ends a conversation. The page is elsewhere before the server tells of it, and back when it fails. */
function useAway(id: string): (action: () => Promise<unknown>) => Promise<boolean> {
  const { attempt } = useFaults();
  return useCallback(
    async (action) => {
      const hasLeft = leavePlace(id);
      const isDone = await attempt(action);
      if (!isDone && hasLeft) goTo({ conversationId: id });
      return isDone;
    },
    [attempt, id],
  );
}
