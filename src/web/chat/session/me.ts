import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { MeDocument, type MeQuery, type UserDetailsFragment } from '../../../generated/operations.js';
import { useChatState, useSession } from '../state/hooks.js';
import { guest } from './guest.js';

/** Under this key the page keeps who is logged in. */
export const meKey = ['me'] as const;

/** Who is logged in by the cookie; null for nobody. */
export function useLoggedIn(): UseQueryResult<MeQuery> {
  return useQuery({ queryKey: meKey, queryFn: () => guest.request(MeDocument, {}) });
}

/** The person who is logged in, as the profile is at present. */
export function useMe(): UserDetailsFragment {
  const { me } = useSession();
  const { data } = useLoggedIn();
  const told = useChatState((state) => state.people.get(me.id));
  return { ...(data?.me ?? { ...me, mail: null, phone: null, role: 'USER', presence: 'ONLINE' }), ...told };
}
