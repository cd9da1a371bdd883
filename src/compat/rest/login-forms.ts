import express, { type Response, type Router } from 'express';
import { sendServedError } from '../../http/served-error.js';
import { isSuccess, type Failure } from '../answer.js';
import type { Given } from '../operation.js';
import type { Operations } from '../operations.js';
import { readBodies } from './bodies.js';
import type { Callers } from './callers.js';
import { failing } from './failures.js';

/**
 * The forms of the old login page: both answer with a redirection, and a refusal says no more than the page again. What
 * is not the person's to mend is said.
 */
export function loginForms(operations: Operations, callers: Callers): Router {
  const router = express.Router();
  const [login, logout] = [operations.row('login'), operations.row('logout')];
  router.post('/login', ...readBodies, async (request, response) => {
    const asker = await callers.of(request, response);
    const { username, password } = (request.body ?? {}) as Given;
    const answer = asker.actor ? undefined : await operations.run(login, { username, password }, asker);
    if (answer === undefined || isSuccess(answer)) response.redirect(302, '/index');
    else if (answer.code >= 500) tell(response, answer);
    else response.redirect(302, '/login');
  });
  router.post('/logout', ...readBodies, async (request, response) => {
    const asker = await callers.of(request, response);
    await operations.run(logout, {}, asker);
    asker.caller.setSessionToken?.(undefined);
    response.redirect(302, '/login');
  });
  router.use(['/login', '/logout'], failing(operations, tell));
  return router;
}

function tell(response: Response, { code, msg }: Failure): void {
  sendServedError(response.req, response, { status: code, message: msg });
}
