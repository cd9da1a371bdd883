import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { ConversationsDocument } from '../../../generated/operations.js';
import { FoundPeople } from '../people/found-people.js';
import { PersonRow } from '../people/person-row.js';
import { useOpenDirect } from '../people/open-direct.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Failed, Loading } from '../ui/states.js';
import { ConversationRow } from './conversation-row.js';

interface SearchResultsProps {
  readonly search: string;
  readonly onDone: () => void;
}

/** Conversations and people whose names fit. */
export function SearchResults({ search, onDone }: SearchResultsProps) {
  const text = useText();
  const { client } = useSession();
  const wanted = useDeferredValue(search);
  const found = useQuery({
    queryKey: ['conversations', 'search', wanted],
    queryFn: () => client.request(ConversationsDocument, { filter: { search: wanted }, first: 20 }),
  });
  const openDirect = useOpenDirect();
  const rows = found.data?.conversations.edges ?? [];
  if (found.isPending) return <Loading />;
  return (
    <div className="results">
      {found.error && <Failed error={found.error} retry={() => void found.refetch()} />}
      {rows.length > 0 && <h2 className="section-title">{text('list.title')}</h2>}
      {rows.map(({ node }) => (
        <ConversationRow key={node.id} row={node} />
      ))}
      <FoundPeople search={wanted} title={text('people.found')} saysNothing={rows.length === 0}>
        {(person) => (
          <PersonRow
            person={person}
            onChoose={() => {
              onDone();
              void openDirect(person.id);
            }}
          />
        )}
      </FoundPeople>
    </div>
  );
}
