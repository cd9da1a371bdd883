import { useQuery } from '@tanstack/react-query';
import { MessageReactionsDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import type { Message } from '../state/types.js';

/** Who reacted to a message with what. @param isWanted asks the server only once somebody wants to know */
export function useReactors({ conversationId, id, seq, reactions }: Message, isWanted = true) {
  const { client } = useSession();
  const counted = reactions.map(({ emoji, count }) => `${emoji}${count}`).join(' ');
  const { data, ...query } = useQuery({
    queryKey: ['reactions', id, counted],
    queryFn: () => client.request(MessageReactionsDocument, { conversationId, seq }),
    // The same counts can come back with other people behind them.
    staleTime: 0,
    gcTime: 0,
    enabled: isWanted && reactions.length > 0,
  });
  return { ...query, reactors: data?.messages.edges.find(({ node }) => node.id === id)?.node.reactions ?? [] };
}
