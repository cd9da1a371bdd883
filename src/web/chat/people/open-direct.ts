import { useCallback } from 'react';
import { ConversationCreateDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';
import { goTo } from '../ui/route.js';

/** Goes to the direct chat with a person; it begins when there is none. */
export function useOpenDirect(): (userId: string) => Promise<boolean> {
  const session = useSession();
  const { attempt } = useFaults();
  return useCallback(
    (userId) =>
      attempt(async () => {
        const { conversationCreate } = await session.client.request(ConversationCreateDocument, { input: { userId } });
        session.tell([conversationCreate.conversation]);
        goTo({ conversationId: conversationCreate.conversation.id });
      }),
    [session, attempt],
  );
}
