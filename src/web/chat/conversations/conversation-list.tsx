import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useChatState, useSession } from '../state/hooks.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Button } from '../ui/button.js';
import { Choice } from '../ui/choice.js';
import { Empty, Failed, Loading } from '../ui/states.js';
import { ConversationRow } from './conversation-row.js';

const rowHeight = 72;
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
  const { isPending, error, refetch } = useQuery({
    queryKey: ['conversations'],
    queryFn: () => session.list().then(() => true),
    staleTime: Infinity,
  });
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
      {shown.length === 0 ? <Empty icon="check" title={text('list.nothingHere')} /> : <Rows rows={shown} />}
    </>
  );
}

/** The listed conversations that pass, latest activity first. */
export function useRows(passes: (row: Row) => boolean): readonly Row[] {
  const rows = useChatState((state) => state.rows);
  const listed = useChatState((state) => state.listed);
  return useMemo(
    () =>
      [...rows.values()]
        .filter((row) => listed.has(row.id) && passes(row))
        .sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)),
    [rows, listed],
  );
}

/** A virtual list: only what is in sight is drawn. */
export function Rows({ rows }: { readonly rows: readonly Row[] }) {
  const session = useSession();
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - 5;
  useEffect(() => {
    if (isNearEnd) void session.listMore().catch(() => undefined);
  }, [isNearEnd, session]);
  return (
    <div ref={scroller} className="rows" tabIndex={-1}>
      <ul style={{ height: virtual.getTotalSize() }} aria-label={text('list.label')}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <li key={key} style={{ transform: `translateY(${start}px)` }}>
                <ConversationRow row={row} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
