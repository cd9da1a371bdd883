import { createContext, useContext } from 'react';
import type { Message } from '../state/types.js';

/** What the person is about to do with a message. */
export interface Aim {
  readonly kind: 'reply' | 'edit';
  readonly message: Message;
}

interface Aiming {
  readonly aim: Aim | undefined;
  readonly setAim: (aim: Aim | undefined) => void;
}

export const AimContext = createContext<Aiming>({ aim: undefined, setAim: () => undefined });

export function useAim(): Aiming {
  return useContext(AimContext);
}
