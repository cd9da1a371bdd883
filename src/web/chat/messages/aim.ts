import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useSession } from '../state/hooks.js';
import type { Message } from '../state/types.js';

/** What the person is about to do with a message. */
export interface Aim {
  readonly kind: 'reply' | 'edit';
  readonly message: Message;
  /** The message was removed meanwhile: it can be neither answered nor changed. */
  readonly isGone?: boolean;
}

interface Aiming {
  readonly aim: Aim | undefined;
  readonly setAim: (aim: Aim | undefined) => void;
}

export const AimContext = createContext<Aiming>({ aim: undefined, setAim: () => undefined });

export function useAim(): Aiming {
  return useContext(AimContext);
}

/** Holds what the person is about to do, and hears when its message is removed. */
export function useAiming(): Aiming {
  const { client } = useSession();
  const [aim, setAim] = useState<Aim>();
  useEffect(
    () =>
      client.on('event', ({ type, message }) => {
        if (type !== 'MESSAGE_REMOVED') return;
        setAim((held) => (held && held.message.id === message?.id ? { ...held, isGone: true } : held));
      }),
    [client],
  );
  return useMemo(() => ({ aim, setAim }), [aim]);
}
