import { timingSafeEqual } from 'node:crypto';
import { Binary } from 'bson';
import type { Doc } from '../bson/types.js';

/** What a client may ask before it has said the secret. */
const open = new Set(['hello', 'isMaster', 'ismaster', 'saslStart', 'ping', 'buildInfo']);

function refusal(code: number, codeName: string, errmsg: string): Doc {
  return { ok: 0, code, codeName, errmsg };
}

/** Lets a connection in: at once where the file system guards the door, else after the secret (SASL PLAIN). */
export class Gate {
  #isOpen: boolean;

  constructor(readonly secret: string | undefined) {
    this.#isOpen = secret === undefined;
  }

  /** The answer to commands that are the gate's matter; undefined for those that may go on. */
  answer(body: Doc): Doc | undefined {
    const name = Object.keys(body)[0] ?? '';
    if (name === 'saslStart') return this.#start(body);
    if (this.#isOpen || open.has(name)) return undefined;
    return refusal(13, 'Unauthorized', `command ${name} requires authentication`);
  }

  #start({ mechanism, payload }: Doc): Doc {
    const text = payload instanceof Binary ? Buffer.from(payload.buffer).toString() : '';
    const given = Buffer.from(text.split('\0')[2] ?? '');
    const expected = Buffer.from(this.secret ?? '');
    this.#isOpen ||= mechanism === 'PLAIN' && given.length === expected.length && timingSafeEqual(given, expected);
    if (!this.#isOpen) return refusal(18, 'AuthenticationFailed', 'Authentication failed.');
    return { conversationId: 1, done: true, payload: new Binary(Buffer.alloc(0)) };
  }
}
