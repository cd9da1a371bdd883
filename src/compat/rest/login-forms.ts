import express, { type Router } from 'express';
import { isSuccess } from '../answer.js';
import type { Given } from '../operation.js';
import type { Operations } from '../operations.js';
import { readBodies } from './bodies.js';
import type { Callers } from './callers.js';

/** The forms of the old login page: both answer with a redirection, and a failure says no more than the page again. */
export function loginForms(operations: Operations, callers: Callers): Router {
  const router = express.Router();
  const [login, logout] = [operations.row('login'), operations.row('logout')];
  router.post('/login', ...readBodies, async (request, response) => {
    const asker = await callers.of(request, response);
    const { username, password } = (request.body ?? {}) as Given;
    const isIn = asker.actor !== undefined || isSuccess(await operations.run(login, { username, password }, asker));
    response.redirect(302, isIn ? '/index' : '/login');
  });
  router.post('/logout', ...readBodies, async (request, response) => {
    const asker = await callers.of(request, response);
    await operations.run(logout, {}, asker);
    asker.caller.setSessionToken?.(undefined);
    response.redirect(302, '/login');
  });
  return router;
}
