import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BlocksDocument, UsersDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import { allPages, largestPage } from '../state/pages.js';
import { useContacts } from './contacts.js';

/** People whose names fit, without oneself; a page at a time. Contacts are found by one's own names for them, too. */
export function usePeopleSearch(search: string) {
  const session = useSession();
  const query = useInfiniteQuery({
    queryKey: ['users', search],
    queryFn: async ({ pageParam: after }) => {
      const answer = await session.client.request(UsersDocument, {
        search: withoutAt(search) || undefined,
        first: 30,
        after,
      });
      session.meet(answer.users.edges.map(({ node }) => node));
      return answer;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ users }) => (users.pageInfo.hasNextPage ? users.pageInfo.endCursor : undefined),
    // Whoever looks for somebody again wants those who have come meanwhile.
    staleTime: 0,
  });
  const people = query.data?.pages.flatMap(({ users }) => users.edges.map(({ node }) => node)) ?? [];
  const { contacts } = useContacts();
  const named = contacts.filter(({ alias }) => search !== '' && fits(alias ?? '', search)).map(({ user }) => user);
  const found = new Map([...named, ...people].map((person) => [person.id, person]));
  found.delete(session.me.id);
  return { ...query, found: [...found.values()] };
}

/** Whether a name has the words, in any case and with or without accents. */
function fits(name: string, words: string): boolean {
  const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return folded(name).includes(folded(words));
}

/** Under this key the page keeps whom the person has blocked. */
export const blocksKey = ['blocks'] as const;

/** Whom the person has blocked, the latest first. */
export function useBlocks() {
  const { client } = useSession();
  const query = useQuery({
    queryKey: blocksKey,
    queryFn: () =>
      allPages(async (after) => (await client.request(BlocksDocument, { first: largestPage, after })).blocks),
    refetchOnWindowFocus: 'always',
  });
  return { ...query, blocked: query.data ?? [] };
}

/** What is looked for, as names have it: the page writes usernames with an @ before them. */
export function withoutAt(search: string): string {
  return search.replace(/^@/, '');
}
