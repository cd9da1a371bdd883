import { useMemo, useRef } from 'react';
import { unreadIn } from '../conversations/unread.js';
import { useConnection, useOutbox, useRoom, useSession } from '../state/hooks.js';
import { emptyTimeline } from '../state/timeline.js';
import type { Row, Timeline } from '../state/types.js';
import { useText } from '../text/text.js';
import { Icon } from '../ui/icon.js';
import { Empty, Loading } from '../ui/states.js';
import { Announcer } from './announcer.js';
import { ItemView } from './item-view.js';
import { useHeldFocus } from './held-focus.js';
import { type Item, itemsOf } from './items.js';
import { useArrival, useJumping } from './jump.js';
import {
  type MessageVirtualizer,
  useEdges,
  useFollowing,
  useMessageVirtualizer,
  useOpeningPlace,
  useReadMarks,
} from './scrolling.js';

interface TimelineViewProps {
  readonly row: Row;
  readonly unreadAfter: number | undefined;
}

/** The messages: a virtual list that holds on to its newest end, and loads further at both ends. */
export function TimelineView({ row, unreadAfter }: TimelineViewProps) {
  const timeline = useRoom(row.id)?.timeline ?? emptyTimeline;
  const items = useItems({ row, timeline, unreadAfter });
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useMessageVirtualizer({ scroller, items, timeline });
  useFollowing({ scroller, virtual, items, timeline });
  useOpeningPlace({ virtual, items, timeline });
  useEdges({ id: row.id, virtual, timeline, items });
  useReadMarks({ row, virtual, timeline, items });
  const flashed = useArrival({ virtual, items });
  const heldFocus = useHeldFocus(virtual);
  const { toNewest } = useJumping();
  const isAtEnd = !timeline.hasNewer && virtual.isAtEnd();
  const isEmpty = items.every(({ kind }) => kind === 'beginning');
  return (
    <div className="timeline">
      <div ref={scroller} className="timeline-scroll" tabIndex={-1} data-testid="timeline" {...heldFocus}>
        {isEmpty ? (
          <Nothing isReady={timeline.isReady} />
        ) : (
          <Items virtual={virtual} items={items} row={row} flashed={flashed} />
        )}
      </div>
      {!isAtEnd && timeline.isReady && !isEmpty && <ToNewest row={row} onPress={toNewest} />}
      {timeline.isReady && <Announcer timeline={timeline} />}
    </div>
  );
}

interface Shown {
  readonly row: Row;
  readonly timeline: Timeline;
  readonly unreadAfter: number | undefined;
}

function useItems({ row, timeline, unreadAfter }: Shown): readonly Item[] {
  const { me } = useSession();
  const outbox = useOutbox();
  return useMemo(() => {
    const own = outbox.filter(({ conversationId }) => conversationId === row.id);
    return itemsOf({ timeline, outbox: own, meId: me.id, unreadAfter });
  }, [timeline, outbox, row.id, me.id, unreadAfter]);
}

interface ItemsProps {
  readonly virtual: MessageVirtualizer;
  readonly items: readonly Item[];
  readonly row: Row;
  readonly flashed: string | undefined;
}

function Items({ virtual, items, row, flashed }: ItemsProps) {
  const text = useText();
  return (
    <ol style={{ height: virtual.getTotalSize() }} aria-label={text('message.list')}>
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const item = items[index];
        return (
          item && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
            >
              <ItemView item={item} row={row} isFlashed={item.key === flashed} />
            </li>
          )
        );
      })}
    </ol>
  );
}

/** In place of messages: that there are none, or that they are still to come. */
function Nothing({ isReady }: { readonly isReady: boolean }) {
  const text = useText();
  const connection = useConnection();
  if (!isReady && connection !== 'offline') return <Loading />;
  if (!isReady) return <Empty icon="clock" title={text('message.unloaded')} text={text('message.unloadedText')} />;
  return <Empty icon="chat" title={text('message.start')} text={text('message.startText')} />;
}

function ToNewest({ row, onPress }: { readonly row: Row; readonly onPress: () => void }) {
  const text = useText();
  const { count, amount } = unreadIn(row);
  return (
    <button type="button" className="to-newest" onClick={onPress} aria-label={text('message.toNewest')}>
      <Icon name="down" size={18} />
      {count > 0 && <span>{text.plural('message.new', count, { amount })}</span>}
    </button>
  );
}
