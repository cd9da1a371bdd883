import { useMemo } from 'react';
import { MessageEditDocument, MessageReactDocument, MessageRemoveDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';

/** What can be done with a message that is there. The page shows what comes of it when the log tells. */
export function useMessageActions() {
  const { client } = useSession();
  const { attempt } = useFaults();
  return useMemo(
    () => ({
      edit: (messageId: string, content: string) =>
        attempt(() => client.request(MessageEditDocument, { input: { messageId, content } })),
      remove: (messageId: string) => attempt(() => client.request(MessageRemoveDocument, { input: { messageId } })),
      react: (messageId: string, reaction: { emoji: string; on: boolean }) =>
        attempt(() => client.request(MessageReactDocument, { input: { messageId, ...reaction } })),
    }),
    [attempt, client],
  );
}
