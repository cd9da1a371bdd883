import type { Socket } from 'socket.io';
import type { Actor } from '../../auth/actor.js';
import type { Authenticate } from '../../auth/authenticate.js';
import { Places } from '../../http/places.js';
import { addressOf, requestIdOf } from '../../http/request-facts.js';
import { tokenOf } from '../../http/tokens.js';
import { badInput, ChatError, unauthenticated } from '../../errors.js';
import { presentError } from '../../graphql/present-error.js';
import { failure, isTrouble, type Failure } from '../answer.js';
import type { Asker } from '../operations.js';

/** Open sockets of one person, and of one address without identity. */
const maxOfPerson = 100;
const maxOfAddress = 200;

export interface AdmissionParts {
  readonly authenticate: Authenticate;
  readonly proxies: number;
  /** Whether the number of sockets is limited. */
  readonly isLimited: boolean;
}

/** A refusal that Socket.IO gives to the client, with the answer in `data`. */
class Refusal extends Error {
  readonly data: Failure;

  constructor(error: unknown) {
    const told = failure(presentError(error));
    super(told.msg);
    this.data = told;
  }
}

/** Decides who may open a socket, and as whom. */
export class Admission {
  private readonly people = new Places(maxOfPerson);
  private readonly addresses = new Places(maxOfAddress);
  private readonly asked = new WeakSet<Socket['conn']>();

  constructor(private readonly parts: AdmissionParts) {}

  /**
   * Who a client is. A token in `auth` must be good; a cookie that has ended leaves the socket without identity, so
   * that a page can log in again. A connection may ask once: otherwise one of them carries any number of sockets.
   * @throws Error that Socket.IO passes on
   */
  async admit(socket: Socket): Promise<Asker> {
    try {
      if (this.asked.has(socket.conn)) throw badInput('socket', 'must be the only one of its connection; open another');
      this.asked.add(socket.conn);
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
      const refusal = new Refusal(error);
      // Clients come back by themselves when they lose their connection, and stay away when they are refused.
      if (isTrouble(refusal.data)) socket.conn.close();
      throw refusal;
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

  /** A place is held by the connection, which may outlive its socket. */
  private limit({ conn }: Socket, address: string, actor: Actor | undefined): void {
    const connection = {
      isOpen: conn.readyState === 'open',
      onClose: (callback: () => void) => void conn.once('close', callback),
    };
    const isAdmitted = actor ? this.people.take(actor.userId, connection) : this.addresses.take(address, connection);
    if (!isAdmitted) throw tooMany();
  }
}

function tooMany(): ChatError {
  return new ChatError('RATE_LIMITED', 'Too many sockets are open. Close some and try again.', { retryAfter: 5 });
}
