import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { ConversationsDocument } from '../../../generated/operations.js';
import { usePeopleSearch } from '../people/queries.js';
import { PersonRow } from '../people/person-row.js';
import { useOpenDirect } from '../people/open-direct.js';
import { useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Empty, Loading } from '../ui/states.js';
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
  const people = usePeopleSearch(wanted);
  const openDirect = useOpenDirect();
  const rows = found.data?.conversations.edges ?? [];
  if (found.isPending || people.isPending) return <Loading />;
  if (rows.length === 0 && people.found.length === 0) {
    return <Empty icon="search" title={text('list.nothingFound', { text: search })} />;
  }
  return (
    <div className="results">
      {rows.length > 0 && <h2 className="section-title">{text('list.title')}</h2>}
      {rows.map(({ node }) => (
        <ConversationRow key={node.id} row={node} />
      ))}
      {people.found.length > 0 && <h2 className="section-title">{text('people.found')}</h2>}
      {people.found.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          onChoose={() => {
            onDone();
            void openDirect(person.id);
          }}
        />
      ))}
    </div>
  );
}
