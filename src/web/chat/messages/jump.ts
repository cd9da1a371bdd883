import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useSession } from '../state/hooks.js';
import { useFaults } from '../ui/faults.js';
import type { Item } from './items.js';
import type { MessageVirtualizer } from './scrolling.js';

export interface Jump {
  /** Brings the message of a seq into sight, from wherever it is. */
  readonly to: (seq: number) => void;
  readonly toNewest: () => void;
}

export const JumpContext = createContext<Jump>({ to: () => undefined, toNewest: () => undefined });

export function useJumping(): Jump {
  return useContext(JumpContext);
}

/** How long a message that was jumped to is lit, in milliseconds. */
const flash = 1_600;

interface Jumping {
  readonly id: string;
  readonly virtual: MessageVirtualizer;
  readonly items: readonly Item[];
}

export function useJump({ id, virtual, items }: Jumping) {
  const { history, store } = useSession();
  const { attempt } = useFaults();
  const [target, setTarget] = useState<number | 'newest'>();
  const [flashed, setFlashed] = useState<string>();
  const to = useCallback(
    (seq: number) => {
      const lines = store.get().rooms.get(id)?.timeline.lines ?? [];
      if (lines.some((line) => line.seq === seq)) setTarget(seq);
      else void attempt(() => history.open(id, seq)).then((isLoaded) => isLoaded && setTarget(seq));
    },
    [attempt, history, id, store],
  );
  const toNewest = useCallback(() => {
    const isElsewhere = store.get().rooms.get(id)?.timeline.hasNewer ?? false;
    if (!isElsewhere) setTarget('newest');
    else void attempt(() => history.toNewest(id)).then((isLoaded) => isLoaded && setTarget('newest'));
  }, [attempt, history, id, store]);
  useEffect(() => {
    if (target === undefined) return;
    if (target === 'newest') {
      setTarget(undefined);
      virtual.scrollToEnd();
      return;
    }
    const index = items.findIndex((item) => 'seq' in item && item.seq === target);
    // It is on its way: the items are drawn after the window has been loaded.
    if (index < 0) return;
    setTarget(undefined);
    virtual.scrollToIndex(index, { align: 'center' });
    setFlashed(items[index]?.key);
  }, [target, items, virtual]);
  useEffect(() => {
    const timer = setTimeout(() => setFlashed(undefined), flash);
    return () => clearTimeout(timer);
  }, [flashed]);
  const jump = useMemo(() => ({ to, toNewest }), [to, toNewest]);
  return { jump, flashed };
}
