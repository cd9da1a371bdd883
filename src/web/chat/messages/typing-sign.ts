import { useEffect, useMemo } from 'react';
import { TypingSetDocument } from '../../../generated/operations.js';
import { useSession } from '../state/hooks.js';

/** Pause between two signs, in milliseconds. */
const pause = 3_000;

/** Tells the others that somebody is writing, now and then, and when it stops. */
export function useTypingSign(conversationId: string) {
  const { client } = useSession();
  const typing = useMemo(() => {
    let last = 0;
    const tell = (isTyping: boolean): void => {
      if (client.state !== 'live') return;
      client.request(TypingSetDocument, { input: { conversationId, typing: isTyping } }).catch(() => undefined);
    };
    const stop = (): void => {
      if (last > 0) tell(false);
      last = 0;
    };
    const sign = (isTyping: boolean): void => {
      if (!isTyping) stop();
      else if (Date.now() - last > pause) {
        last = Date.now();
        tell(true);
      }
    };
    return { sign, stop };
  }, [client, conversationId]);
  useEffect(() => typing.stop, [typing]);
  return typing;
}
