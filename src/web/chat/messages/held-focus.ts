import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import type { MessageVirtualizer } from './scrolling.js';

/** Gives a message that is drawn the focus, without moving the list. @returns whether it is drawn */
export function focusMessage(scroller: Element | null, seq: number): boolean {
  const message = scroller?.querySelector<HTMLElement>(`.message[data-seq="${seq}"]`);
  message?.focus({ preventScroll: true });
  return message !== null && message !== undefined;
}

/**
 * Keeps the focus in the list: when the message that has it leaves the screen so far that it is no longer drawn, the
 * message that is nearest to where the reader went gets it. Who does not use the keyboard is left alone.
 */
export function useHeldFocus(virtual: MessageVirtualizer) {
  const held = useRef<HTMLElement>(undefined);
  useLayoutEffect(() => {
    const { scrollElement, range } = virtual;
    if (!held.current || held.current.isConnected || document.activeElement !== document.body) return;
    const seqs = [...(scrollElement?.querySelectorAll<HTMLElement>('li') ?? [])]
      .filter(({ dataset }) => isBetween(Number(dataset.index), range?.startIndex, range?.endIndex))
      .flatMap((line) => line.querySelector<HTMLElement>('.message')?.dataset.seq ?? [])
      .map(Number)
      .sort((one, other) => one - other);
    const nearest = Number(held.current.dataset.seq) < (seqs[0] ?? 0) ? seqs.at(-1) : seqs[0];
    if (nearest !== undefined) focusMessage(scrollElement, nearest);
  });
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>): void => {
      held.current = target.matches(':focus-visible')
        ? (target.closest<HTMLElement>('.message') ?? undefined)
        : undefined;
    },
    onBlur: (): void => {
      held.current = undefined;
    },
  };
}

function isBetween(index: number, start = 0, end = -1): boolean {
  return index >= start && index <= end;
}
