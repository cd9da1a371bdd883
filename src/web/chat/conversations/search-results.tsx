import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { ConversationsDocument } from '../../../generated/operations.js';
import { FoundPeople } from '../people/found-people.js';
import { PersonRow } from '../people/person-row.js';
import { withoutAt } from '../people/queries.js';
import { useOpenDirect } from '../people/open-direct.js';
import { useChatState, useSession } from '../state/hooks.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Failed, Loading } from '../ui/states.js';
import { ConversationRow } from './conversation-row.js';

interface SearchResultsProps {
  readonly search: string;
  readonly onDone: () => void;
}

/** Conversations and people whose names fit. */
export function SearchResults({ search, onDone }: SearchResultsProps) {
  const text = useText();
  const wanted = useDeferredValue(search);
  const { rows, ...found } = useFoundConversations(wanted);
  const openDirect = useOpenDirect();
  if (found.isPending) return <Loading />;
  return (
    <div className="results">
      {found.error && <Failed error={found.error} retry={() => void found.refetch()} />}
      {rows.length > 0 && <h2 className="section-title">{text('list.title')}</h2>}
      {rows.map((row) => (
        <ConversationRow key={row.id} row={row} />
      ))}
      {found.hasNextPage && (
        <Button look="quiet" icon="down" onClick={() => void found.fetchNextPage()}>
          {text('list.more')}
        </Button>
      )}
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

/** The answer says which conversations fit; how they stand is what the page knows of them. */
function useFoundConversations(search: string) {
  const session = useSession();
  const { data, ...query } = useInfiniteQuery({
    queryKey: ['conversations', 'search', search],
    queryFn: async ({ pageParam: after }) => {
      const asked = { filter: { search: withoutAt(search) }, first: 20, after };
      const { edges, pageInfo } = (await session.client.request(ConversationsDocument, asked)).conversations;
      session.tell(edges.map(({ node }) => node));
      return { ids: edges.map(({ node }) => node.id), pageInfo };
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  const known = useChatState((state) => state.rows);
  const ids = data?.pages.flatMap((page) => page.ids) ?? [];
  return { ...query, rows: ids.flatMap((id) => known.get(id) ?? []) };
}
