import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useConnection, useIsLookedAt, useSession } from '../state/hooks.js';
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

/** How far from the newest end one still counts as being there, in pixels. */
const threshold = 80;

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
    scrollEndThreshold: threshold,
  });
}

/**
 * Stays at the newest end also when something comes before what is on its way, which remains the last, and when what is
 * written below takes more room.
 */
export function useFollowing({ scroller, virtual, items }: Scrolling & { readonly virtual: MessageVirtualizer }): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    const look = (): void => {
      if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= threshold;
    };
    const stay = new ResizeObserver(() => isAtEnd.current && virtual.scrollToEnd());
    element?.addEventListener('scroll', look);
    if (element) stay.observe(element);
    return () => {
      element?.removeEventListener('scroll', look);
      stay.disconnect();
    };
  }, [scroller, virtual]);
  useLayoutEffect(() => {
    if (isAtEnd.current && items.at(-1)?.kind === 'outgoing') virtual.scrollToEnd();
  }, [items, virtual]);
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
  const isLoaded = timeline.isReady && drawn.length > 0;
  const isNearStart = isLoaded && first < margin && timeline.hasOlder;
  const isNearEnd = isLoaded && last > items.length - margin && timeline.hasNewer;
  useLoading(
    isNearStart,
    useCallback(() => history.older(id), [history, id]),
  );
  useLoading(
    isNearEnd,
    useCallback(() => history.newer(id), [history, id]),
  );
}

/**
 * Loads as long as something is wanted: what one page brings may not be enough, and may be drawn before its loading has
 * come to an end. What failed is tried again when there is a connection.
 */
function useLoading(isWanted: boolean, load: () => Promise<void>): void {
  const connection = useConnection();
  const [rounds, setRounds] = useState(0);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    load().then(
      () => !isOver && setRounds((count) => count + 1),
      () => undefined,
    );
    return () => void (isOver = true);
  }, [isWanted, load, rounds, connection]);
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
