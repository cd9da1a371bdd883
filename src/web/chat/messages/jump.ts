import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useConnection, useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';
import type { Item } from './items.js';
import { focusMessage } from './held-focus.js';
import type { MessageVirtualizer } from './scrolling.js';

/** What is to be brought into sight: the message of a seq, or the newest end. */
interface Target {
  readonly seq?: number;
  /** Whether the message gets the focus. */
  readonly hasFocus?: boolean;
}

export interface Jump {
  /** Brings the message of a seq into sight, from wherever it is. */
  readonly to: (seq: number, options?: Pick<Target, 'hasFocus'>) => void;
  readonly toNewest: () => void;
  /** Brings into sight what the person has just written: at once, and among its neighbours once these are loaded. */
  readonly toSent: () => void;
  readonly target: Target | undefined;
  readonly onArrival: () => void;
}

const nothing = (): void => undefined;

export const JumpContext = createContext<Jump>({
  to: nothing,
  toNewest: nothing,
  toSent: nothing,
  target: undefined,
  onArrival: nothing,
});

export function useJumping(): Jump {
  return useContext(JumpContext);
}

/** How long a message that was jumped to is lit, in milliseconds. */
const flash = 1_600;

/** Where the person wants to be in a conversation; it loads what is there. */
export function useJump(id: string): Jump {
  const { history, store } = useSession();
  const { attempt } = useFaults();
  const [target, setTarget] = useState<Target>();
  const [isSent, setSent] = useState(false);
  const timeline = useCallback(() => store.get().rooms.get(id)?.timeline, [id, store]);
  const to = useCallback<Jump['to']>(
    (seq, options) => {
      setSent(false);
      const wanted = { seq, ...options };
      if (timeline()?.lines.some((line) => line.seq === seq)) setTarget(wanted);
      else void attempt(() => history.open(id, seq)).then((isLoaded) => isLoaded && setTarget(wanted));
    },
    [attempt, history, id, timeline],
  );
  const toNewest = useCallback(() => {
    if (!timeline()?.hasNewer) setTarget({});
    else void attempt(() => history.toNewest(id)).then((isLoaded) => isLoaded && setTarget({}));
  }, [attempt, history, id, timeline]);
  const toSent = useCallback(() => {
    setTarget({});
    setSent(timeline()?.hasNewer ?? true);
  }, [timeline]);
  useNewestWhenLive({ id, isWanted: isSent, onLoaded: toSent });
  const onArrival = useCallback(() => setTarget(undefined), []);
  return useMemo(() => ({ to, toNewest, toSent, target, onArrival }), [to, toNewest, toSent, target, onArrival]);
}

interface Newest {
  readonly id: string;
  readonly isWanted: boolean;
  readonly onLoaded: () => void;
}

/** Loads the newest end as soon as there is a connection. */
function useNewestWhenLive({ id, isWanted, onLoaded }: Newest): void {
  const { history } = useSession();
  const connection = useConnection();
  useEffect(() => {
    if (!isWanted || connection !== 'live') return undefined;
    let isOver = false;
    history.toNewest(id).then(() => !isOver && onLoaded(), nothing);
    return () => void (isOver = true);
  }, [history, id, isWanted, connection, onLoaded]);
}

interface Arriving {
  readonly virtual: MessageVirtualizer;
  readonly items: readonly Item[];
}

/** Goes to where the person wants to be, once it is drawn. @returns the key of the item that is lit */
export function useArrival({ virtual, items }: Arriving): string | undefined {
  const { target, onArrival } = useJumping();
  const [flashed, setFlashed] = useState<string>();
  const [wanted, setWanted] = useState<number>();
  useEffect(() => {
    if (target === undefined) return;
    if (target.seq === undefined) {
      onArrival();
      virtual.scrollToEnd();
      return;
    }
    const index = items.findIndex((item) => 'seq' in item && item.seq === target.seq);
    // It is on its way: the items are drawn after the window has been loaded.
    if (index < 0) return;
    onArrival();
    virtual.scrollToIndex(index, { align: 'center' });
    setFlashed(items[index]?.key);
    if (target.hasFocus) setWanted(target.seq);
  }, [target, items, virtual, onArrival]);
  useEffect(() => {
    const timer = setTimeout(() => setFlashed(undefined), flash);
    return () => clearTimeout(timer);
  }, [flashed]);
  // The message is drawn some time after the list has been told to go there.
  useEffect(() => {
    if (wanted !== undefined && focusMessage(virtual.scrollElement, wanted)) setWanted(undefined);
  });
  return flashed;
}
