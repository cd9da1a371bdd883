import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { PresenceChangedDocument, UserBlockDocument, UserUnblockDocument } from '../../../generated/operations.js';
import { useChatState, useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';
import { useRoute } from '../ui/route.js';
import { blocksKey } from './queries.js';

/** Blocks a person, or no longer. */
export function useBlocking(): (userId: string, isBlocked: boolean) => Promise<boolean> {
  const { client, me } = useSession();
  const { attempt } = useFaults();
  return useCallback(
    (userId, isBlocked) =>
      attempt(async () => {
        const input = { userId };
        if (isBlocked) await client.request(UserBlockDocument, { input });
        else await client.request(UserUnblockDocument, { input });
        const tabs = tabsOf(me.id);
        tabs.postMessage('changed');
        tabs.close();
      }),
    [attempt, client, me.id],
  );
}

/**
 * Asks again whom the person has blocked when that may have changed. There is no event for blocks: every tab of this
 * browser tells the others and itself; another device shows by the presence of the person that is looked at.
 */
export function useFollowedBlocks(): void {
  const { client, me } = useSession();
  const queries = useQueryClient();
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: blocksKey }), [queries]);
  const { conversationId = '' } = useRoute();
  const peerId = useChatState((state) => state.rows.get(conversationId)?.peer?.id);
  useEffect(() => {
    const tabs = tabsOf(me.id);
    tabs.onmessage = again;
    return () => tabs.close();
  }, [me.id, again]);
  useEffect(() => client.on('caughtUp', again), [client, again]);
  useEffect(() => {
    if (peerId === undefined) return undefined;
    return client.subscribe(PresenceChangedDocument, { userId: peerId }, again);
  }, [client, peerId, again]);
}

/** Where the tabs of one person tell each other of blocks. */
function tabsOf(meId: string): BroadcastChannel {
  return new BroadcastChannel(`chatset:${meId}:blocks`);
}
