import { useQuery } from '@tanstack/react-query';
import { useSession } from '../state/hooks.js';

/** Loads the first page of the person's list, once for all who look at it. */
export function useInbox() {
  const session = useSession();
  return useQuery({
    queryKey: ['conversations'],
    queryFn: () => session.inbox.first().then(() => true),
    staleTime: Infinity,
  });
}
