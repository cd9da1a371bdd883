import type { Context } from '../graphql/context.js';
import type { Login } from './session.service.js';

/** The call goes on as who has logged in; where the protocol has cookies, the page gets its own. */
export function admit(ctx: Context, login: Login): Login {
  const { session, user, token } = login;
  ctx.become({ userId: user.id, sessionId: session.id, role: user.role });
  ctx.caller.setSessionToken?.(token);
  return login;
}

/** Takes the page's cookie away, because the session has ended; answers the payload as it is. */
export function dismiss<Payload>(ctx: Context, payload: Payload): Payload {
  ctx.caller.setSessionToken?.(undefined);
  return payload;
}
