import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import {
  type ContactsQuery,
  ContactsDocument,
  ContactUserAddedDocument,
  ContactUserRemovedDocument,
} from '../../../generated/operations.js';
import type { ChatSession } from '../state/chat-session.js';
import { useChatState, useSession } from '../state/hooks.js';
import { NamesContext, namesFrom } from '../state/names.js';
import { allPages, largestPage } from '../state/pages.js';
import { useText } from '../text/text.js';

type Contact = ContactsQuery['contacts']['edges'][number]['node'];

interface Contacts {
  readonly contacts: readonly Contact[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

const nothing: Contacts = { contacts: [], isPending: true, error: null, refetch: () => undefined };
const ContactsContext = createContext<Contacts>(nothing);

/** The person's contacts, by name. */
export function useContacts(): Contacts {
  return useContext(ContactsContext);
}

/** Holds the person's contacts and follows their changes, also those of other tabs; calls people as their viewer does. */
export function ContactsProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const query = useContactsQuery();
  const { data, isPending, error, refetch } = query;
  const deleted = text('people.deleted');
  const people = useChatState((state) => state.people);
  const names = useMemo(() => {
    const aliases = (data ?? []).flatMap(({ user, alias }) => (alias === null ? [] : [[user.id, alias] as const]));
    return namesFrom({ aliases: new Map(aliases), people, deleted });
  }, [data, people, deleted]);
  const contacts = useMemo(() => {
    const present = (data ?? []).filter(({ user }) => !names.isGone(user));
    present.sort((one, other) => names.nameOf(one.user).localeCompare(names.nameOf(other.user), text.language));
    return { contacts: present, isPending, error, refetch };
  }, [data, names, text.language, isPending, error, refetch]);
  return (
    <ContactsContext value={contacts}>
      <NamesContext value={names}>{children}</NamesContext>
    </ContactsContext>
  );
}

function useContactsQuery() {
  const session = useSession();
  const { client } = session;
  const queries = useQueryClient();
  useEffect(() => {
    const again = (): void => void queries.invalidateQueries({ queryKey: ['contacts'] });
    const stops = [
      client.subscribe(ContactUserAddedDocument, {}, again),
      client.subscribe(ContactUserRemovedDocument, {}, again),
      client.on('caughtUp', again),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, queries]);
  return useQuery({ queryKey: ['contacts'], queryFn: () => allContacts(session) });
}

async function allContacts(session: ChatSession): Promise<readonly Contact[]> {
  const found = await allPages(async (after) => {
    return (await session.client.request(ContactsDocument, { first: largestPage, after })).contacts;
  });
  session.meet(found.map(({ user }) => user));
  return found;
}
