import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useIsLookedAt, useSession } from '../state/hooks.js';
import type { Row, Timeline } from '../state/types.js';
import type { Item } from './items.js';

export type MessageVirtualizer = Virtualizer<HTMLDivElement, Element>;

interface Scrolled {
  readonly virtual: MessageVirtualizer;
  readonly items: readonly Item[];
  readonly timeline: Timeline;
}

/** How many items from an end the next page is asked for. */
const margin = 15;

interface Scrolling extends Omit<Scrolled, 'virtual'> {
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** Draws what is in sight only; holds the reader's place when something comes before it, and follows the newest end. */
export function useMessageVirtualizer({ scroller, items, timeline }: Scrolling): MessageVirtualizer {
  return useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'message' ? 56 : 40),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 12,
    paddingEnd: 8,
    anchorTo: 'end',
    followOnAppend: !timeline.hasNewer,
    scrollEndThreshold: 80,
  });
}

/** Opens the list where the unread begins, or at the newest end. */
export function useOpeningPlace({ virtual, items, timeline }: Scrolled): void {
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || !timeline.isReady) return;
    isPlaced.current = true;
    const unread = items.findIndex(({ kind }) => kind === 'unread');
    if (unread >= 0) virtual.scrollToIndex(unread, { align: 'start' });
    else virtual.scrollToEnd();
  });
}

/** Loads further when an end comes near. */
export function useEdges({ id, virtual, items, timeline }: Scrolled & { readonly id: string }): void {
  const { history } = useSession();
  const drawn = virtual.getVirtualItems();
  const first = drawn[0]?.index ?? 0;
  const last = drawn.at(-1)?.index ?? 0;
  const isNearStart = drawn.length > 0 && first < margin && timeline.hasOlder;
  const isNearEnd = drawn.length > 0 && last > items.length - margin && timeline.hasNewer;
  const { length } = timeline.lines;
  useEffect(() => {
    if (isNearStart) void history.older(id).catch(() => undefined);
  }, [history, id, isNearStart, length]);
  useEffect(() => {
    if (isNearEnd) void history.newer(id).catch(() => undefined);
  }, [history, id, isNearEnd, length]);
}

/** Tells how far the person has read: what was in sight while the page was looked at. */
export function useReadMarks({ row, virtual, items, timeline }: Scrolled & { readonly row: Row }): void {
  const { marks, me } = useSession();
  const isLookedAt = useIsLookedAt();
  const range = virtual.range;
  const seen = items
    .slice(range?.startIndex ?? 0, (range?.endIndex ?? -1) + 1)
    .reduce(
      (most, item) => (item.kind === 'message' && item.message.from.id !== me.id ? Math.max(most, item.seq) : most),
      0,
    );
  const readSeq = row.me.readSeq;
  useEffect(() => {
    if (isLookedAt && timeline.isReady && seen > readSeq) marks.read(row.id, seen);
  }, [marks, row.id, isLookedAt, timeline.isReady, seen, readSeq]);
}
