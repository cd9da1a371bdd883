import { createContext, useContext } from 'react';

/** Called when the session of this page is over. */
export const EndContext = createContext<() => void>(() => undefined);

export function useEnd(): () => void {
  return useContext(EndContext);
}
