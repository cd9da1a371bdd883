import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useConnection } from '../state/hooks.js';
import type { Listing } from '../state/listing.js';
import type { Row } from '../state/types.js';
import { useText } from '../text/text.js';
import { Loading } from '../ui/states.js';
import { ConversationRow } from './conversation-row.js';

const rowHeight = 72;
/** How many rows from the end more are asked for. */
const margin = 5;

interface RowsProps {
  readonly rows: readonly Row[];
  /** Where more of them come from. */
  readonly listing: Listing;
  /** What stands in place of the rows when there are none to the end of the list. */
  readonly children: ReactNode;
}

/** A virtual list: only what is in sight is drawn. It loads further until a screen is full, or the list ends. */
export function Rows({ rows, listing, children }: RowsProps) {
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
  const isLoading = useMore(listing, (items.at(-1)?.index ?? 0) >= rows.length - margin);
  if (rows.length === 0) return isLoading ? <Loading /> : children;
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

/** Loads page after page while the end is in sight. @returns whether more may come */
function useMore(listing: Listing, isNearEnd: boolean): boolean {
  const [isLoading, setLoading] = useState(true);
  const connection = useConnection();
  useEffect(() => {
    if (!isNearEnd) return undefined;
    let isOver = false;
    const load = async (): Promise<void> => {
      while (!isOver && (await listing.more()));
      if (!isOver) setLoading(false);
    };
    // Without a connection it goes on when there is one again.
    load().catch(() => setLoading(false));
    return () => void (isOver = true);
  }, [listing, isNearEnd, connection]);
  return isLoading;
}
