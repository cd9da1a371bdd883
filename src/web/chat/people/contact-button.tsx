import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ContactUserAddDocument, ContactUserRemoveDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';
import type { User } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { useFaults } from '../ui/faults.js';
import { useContacts } from './contacts.js';

/** Changes to one's contacts. */
export function useContactActions() {
  const { client } = useSession();
  const queries = useQueryClient();
  const { attempt } = useFaults();
  return useMemo(() => {
    const changing = async (change: Promise<unknown>): Promise<void> => {
      await change;
      await queries.invalidateQueries({ queryKey: ['contacts'] });
    };
    const keep = (userId: string, alias?: string | null): Promise<void> =>
      changing(client.request(ContactUserAddDocument, { input: { userId, alias } }));
    const drop = (userId: string): Promise<void> =>
      changing(client.request(ContactUserRemoveDocument, { input: { userId } }));
    return {
      /** Keeps a person, under a name of one's own; null takes that name away. @throws ChatRequestError */
      keep,
      add: (userId: string) => attempt(() => keep(userId)),
      remove: (userId: string) => attempt(() => drop(userId)),
    };
  }, [attempt, client, queries]);
}

/** Keeps a person among one's contacts, or no longer. */
export function ContactButton({ person }: { readonly person: User }) {
  const text = useText();
  const { contacts } = useContacts();
  const { add, remove } = useContactActions();
  const isContact = contacts.some(({ user }) => user.id === person.id);
  return (
    <Button look="quiet" icon={isContact ? 'close' : 'add'} onClick={() => void (isContact ? remove : add)(person.id)}>
      {text(isContact ? 'people.remove' : 'people.add')}
    </Button>
  );
}
