import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { UserBlockDocument, UserUnblockDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';

/** Blocks a person, or no longer. */
export function useBlocking(): (userId: string, isBlocked: boolean) => Promise<boolean> {
  const { client } = useSession();
  const queries = useQueryClient();
  const { attempt } = useFaults();
  return useCallback(
    (userId, isBlocked) =>
      attempt(async () => {
        const input = { userId };
        if (isBlocked) await client.request(UserBlockDocument, { input });
        else await client.request(UserUnblockDocument, { input });
        await queries.invalidateQueries({ queryKey: ['blocks'] });
      }),
    [attempt, client, queries],
  );
}
