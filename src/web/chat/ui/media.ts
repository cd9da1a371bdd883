import { useCallback, useSyncExternalStore } from 'react';

/** Whether the page is as narrow as a phone: one of list and conversation is shown. The styles say the same width. */
export function useIsPhone(): boolean {
  return useMedia('(max-width: 760px)');
}

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (tell: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', tell);
      return () => media.removeEventListener('change', tell);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
