import { useState } from 'react';
import { useSession } from '../state/hooks.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { Rows } from './rows.js';
import { useInbox } from './use-inbox.js';
import { useRows } from './use-rows.js';

const filters = ['all', 'unread', 'groups'] as const;
type Filter = (typeof filters)[number];

const shows: Record<Filter, (row: Row) => boolean> = {
  all: () => true,
  unread: (row) => row.unreadCount > 0,
  groups: (row) => row.kind === 'GROUP',
};

/** Everything but spam, latest activity first. */
export function ConversationList({ onNew }: { readonly onNew: () => void }) {
  const text = useText();
  const session = useSession();
  const [filter, setFilter] = useState<Filter>('all');
  const { isPending, error, refetch } = useInbox();
  const rows = useRows((row) => !row.isSpam);
  const shown = rows.filter(shows[filter]);
  if (isPending && rows.length === 0) return <Loading />;
  if (error && rows.length === 0) return <Failed error={error} retry={() => void refetch()} />;
  if (rows.length === 0) {
    return (
      <Empty icon="chat" title={text('list.empty')} text={text('list.emptyText')}>
        <Button look="primary" icon="add" onClick={onNew}>
          {text('list.new')}
        </Button>
      </Empty>
    );
  }
  const labels = { all: text('list.all'), unread: text('list.unread'), groups: text('list.groups') };
  return (
    <>
      <Choice
        label={text('list.filter')}
        options={filters.map((value) => ({ value, label: labels[value] }))}
        value={filter}
        onChoose={setFilter}
      />
      <Rows key={filter} rows={shown} listing={session.inbox}>
        <Empty icon="check" title={text('list.nothingHere')} />
      </Rows>
    </>
  );
}
