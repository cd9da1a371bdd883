import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react';

/** The least distance to the edges of the window, in pixels. */
const margin = 8;

/**
 * Where something floats beside a box: below it, or above when there is no room, towards the middle of the
 * window, and always inside it.
 * @param box what it belongs to
 * @param element what floats; its own size counts
 */
export function useBeside(box: DOMRect, element: RefObject<HTMLElement | null>): CSSProperties {
  const [place, setPlace] = useState<CSSProperties>({ top: 0, left: 0, visibility: 'hidden' });
  useLayoutEffect(() => {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = element.current ?? {};
    const isBelow = box.bottom + height + margin <= window.innerHeight;
    const top = isBelow ? box.bottom + 4 : Math.max(margin, box.top - height - 4);
    const wanted = box.left < window.innerWidth / 2 ? box.left : box.right - width;
    const left = Math.max(margin, Math.min(wanted, window.innerWidth - width - margin));
    setPlace({ top, left });
  }, [box, element]);
  return place;
}
