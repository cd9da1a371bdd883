import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import {
  BlocksDocument,
  ContactsDocument,
  ContactUserAddedDocument,
  ContactUserRemovedDocument,
  UsersDocument,
} from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';

const page = 200;

/** The person's contacts, by name. Other tabs' changes are followed. */
export function useContacts() {
  const { client } = useSession();
  const queries = useQueryClient();
  useEffect(() => {
    const again = (): void => void queries.invalidateQueries({ queryKey: ['contacts'] });
    const stops = [
      client.subscribe(ContactUserAddedDocument, {}, again),
      client.subscribe(ContactUserRemovedDocument, {}, again),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, queries]);
  const query = useQuery({
    queryKey: ['contacts'],
    queryFn: () => client.request(ContactsDocument, { first: page }),
  });
  return { ...query, contacts: query.data?.contacts.edges.map(({ node }) => node) ?? [] };
}

/** People whose names fit, without oneself; a page at a time. */
export function usePeopleSearch(search: string) {
  const { client, me } = useSession();
  const query = useInfiniteQuery({
    queryKey: ['users', search],
    queryFn: ({ pageParam }) =>
      client.request(UsersDocument, { search: search || undefined, first: 30, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ users }) => (users.pageInfo.hasNextPage ? users.pageInfo.endCursor : undefined),
  });
  const people = query.data?.pages.flatMap(({ users }) => users.edges.map(({ node }) => node)) ?? [];
  return { ...query, found: people.filter(({ id }) => id !== me.id) };
}

export function useBlocks() {
  const { client } = useSession();
  const query = useQuery({ queryKey: ['blocks'], queryFn: () => client.request(BlocksDocument, { first: page }) });
  return { ...query, blocked: query.data?.blocks.edges.map(({ node }) => node) ?? [] };
}
