import type { Socket } from 'socket.io';
import type { Actor } from '../../auth/actor.js';
import type { Authenticate } from '../../auth/authenticate.js';
import type { LiveSockets } from '../../http/live-sockets.js';
import { addressOf, requestIdOf } from '../../http/request-facts.js';
import { tokenOf } from '../../http/tokens.js';
import { ChatError, unauthenticated } from '../../errors.js';
import { presentError } from '../../graphql/present-error.js';
import { failure } from '../answer.js';
import type { Asker } from '../operations.js';

/** Open sockets of one person, and of one address without identity. */
const maxOfPerson = 100;
const maxOfAddress = 200;

export interface AdmissionParts {
  readonly authenticate: Authenticate;
  readonly liveSockets: LiveSockets;
  readonly proxies: number;
  /** Whether the number of sockets is limited. */
  readonly isLimited: boolean;
}

/** A refusal that Socket.IO gives to the client, with the answer in `data`. */
class Refusal extends Error {
  readonly data: unknown;

  constructor(error: unknown) {
    const told = failure(presentError(error));
    super(told.msg);
    this.data = told;
  }
}

/** Decides who may open a socket, and as whom. */
export class Admission {
  private readonly anonymous = new Map<string, number>();

  constructor(private readonly parts: AdmissionParts) {}

  /**
   * Who a client is. A token in `auth` must be good; a cookie that has ended leaves the socket without identity, so
   * that a page can log in again.
   * @throws Error that Socket.IO passes on
   */
  async admit(socket: Socket): Promise<Asker> {
    try {
      const actor = await this.actorOf(socket);
      const { request } = socket;
      const caller = {
        address: addressOf(request, this.parts.proxies),
        userAgent: request.headers['user-agent'],
        requestId: requestIdOf(request),
        protocol: 'socket.io',
      } as const;
      if (this.parts.isLimited) this.limit(socket, caller.address, actor);
      return { caller, actor };
    } catch (error) {
      throw new Refusal(error);
    }
  }

  private async actorOf({ handshake, request }: Socket): Promise<Actor | undefined> {
    const given: unknown = handshake.auth.token;
    if (given === undefined || given === null) {
      const token = tokenOf(request);
      return token === undefined ? undefined : this.parts.authenticate(token);
    }
    const actor = typeof given === 'string' ? await this.parts.authenticate(given) : undefined;
    if (!actor) throw unauthenticated();
    return actor;
  }

  private limit(socket: Socket, address: string, actor: Actor | undefined): void {
    if (actor) {
      if (this.parts.liveSockets.countOf(actor.userId) >= maxOfPerson) throw tooMany();
      return;
    }
    const count = this.anonymous.get(address) ?? 0;
    if (count >= maxOfAddress) throw tooMany();
    this.anonymous.set(address, count + 1);
    socket.conn.once('close', () => this.release(address));
  }

  private release(address: string): void {
    const left = (this.anonymous.get(address) ?? 1) - 1;
    if (left === 0) this.anonymous.delete(address);
    else this.anonymous.set(address, left);
  }
}

function tooMany(): ChatError {
  return new ChatError('RATE_LIMITED', 'Too many sockets are open. Close some and try again.', { retryAfter: 5 });
}
