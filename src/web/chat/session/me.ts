import { useQuery } from '@tanstack/react-query';
import { MeDocument, type UserDetailsFragment } from '../../../generated/operations.js';
import { useChatState, useSession } from '../state/hooks.js';
import { meKey } from './gate.js';
import { guest } from './guest.js';

/** The person who is logged in, as the profile is at present. */
export function useMe(): UserDetailsFragment {
  const { me } = useSession();
  const { data } = useQuery({ queryKey: meKey, queryFn: () => guest.request(MeDocument, {}) });
  const told = useChatState((state) => state.people.get(me.id));
  return { ...(data?.me ?? { ...me, mail: null, phone: null, role: 'USER', presence: 'ONLINE' }), ...told };
}
