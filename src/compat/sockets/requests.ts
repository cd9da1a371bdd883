import { badInput, ChatError } from '../../errors.js';
import { presentError } from '../../graphql/present-error.js';
import { failure, isSuccess, type Answer, type Failure } from '../answer.js';
import type { Given } from '../operation.js';
import type { Row } from '../operations.js';

/** Requests of one socket that run at once; more are refused. */
const maxRunning = 256;

/** The name under which a failure is told where nothing else can carry it. */
export const failureEvent = 'exception';

export type Ack = (answer: Answer) => void;

/** What a packet asks for. */
export interface SocketRequest {
  readonly event: string;
  readonly row: Row;
  readonly given: Given;
  readonly ack: Ack | undefined;
}

/** Rows by the names of their events. */
export type RowsByEvent = ReadonlyMap<string, readonly Row[]>;

export function rowsByEvent(rows: readonly Row[]): RowsByEvent {
  const byEvent = new Map<string, Row[]>();
  for (const row of rows) {
    for (const name of [row.event, ...row.aliases]) byEvent.set(name, [...(byEvent.get(name) ?? []), row]);
  }
  return byEvent;
}

/** How a request is answered: what an acknowledgement gets, or which event is sent without one. */
export interface Speaker {
  emit(event: string, args: readonly unknown[]): void;
  acknowledge(ack: Ack, answer: Answer): void;
}

/** The requests of one socket. */
export class SocketRequests {
  private running = 0;
  private whenIdle: (() => void) | undefined;

  constructor(
    private readonly rows: RowsByEvent,
    private readonly speaker: Speaker,
    private readonly perform: (request: SocketRequest) => Promise<Answer | undefined>,
  ) {}

  /** Takes one event with its arguments, the acknowledgement last where there is one. */
  async take([event, ...args]: readonly unknown[]): Promise<void> {
    const name = String(event);
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Ack) : undefined;
    let request: SocketRequest;
    try {
      request = this.read(name, args, ack);
    } catch (error) {
      this.refuse({ event: name, ack }, failure(presentError(error)));
      return;
    }
    this.running += 1;
    const answer = await this.perform(request);
    if (answer) this.answer(request, answer);
    this.running -= 1;
    if (this.running === 0) this.whenIdle?.();
  }

  /** Calls back as soon as nothing runs. */
  idle(callback: () => void): void {
    if (this.running === 0) callback();
    else this.whenIdle = callback;
  }

  private read(event: string, args: readonly unknown[], ack: Ack | undefined): SocketRequest {
    const rows = this.rows.get(event);
    if (!rows) throw new ChatError('NOT_FOUND', 'There is no event of this name. Check its spelling.');
    if (this.running >= maxRunning) {
      const message = `A socket has at most ${maxRunning} requests under way. Wait for answers before you send more.`;
      throw new ChatError('RATE_LIMITED', message, { retryAfter: 1 });
    }
    if (args.length > 1) throw badInput('payload', 'must be one object; an acknowledgement must be a function');
    const given = givenOf(rows, args[0]);
    const row = rows.find((candidate) => isMeant(candidate, given)) ?? rows.at(-1);
    if (!row) throw badInput('payload', 'does not say what is asked for');
    return { event, row, given: withoutChoice(row, given), ack };
  }

  private answer(request: SocketRequest, answer: Answer): void {
    const { event, row, ack } = request;
    if (!isSuccess(answer)) this.refuse(request, answer);
    else if (ack) this.speaker.acknowledge(ack, answer);
    else if (row.oldEvent === undefined) this.speaker.emit(event, [answer]);
    else if (row.oldEvent !== 'silent') this.speaker.emit(row.oldEvent.name, row.oldEvent.of(answer.data as never));
  }

  /** Events that had a shape of old keep it, so that their failures go by another name. */
  private refuse({ event, row, ack }: Pick<SocketRequest, 'event' | 'ack'> & { row?: Row }, told: Failure): void {
    if (ack) this.speaker.acknowledge(ack, told);
    else if (row && row.oldEvent === undefined) this.speaker.emit(event, [told]);
    else this.speaker.emit(failureEvent, [{ event, ...told }]);
  }
}

/** @throws ChatError BAD_USER_INPUT when the property that chooses is neither true nor false */
function isMeant({ when, choice }: Row, given: Given): boolean {
  if (!choice) return !when || when(given);
  const chosen = given[choice.name] ?? true;
  if (typeof chosen !== 'boolean') throw badInput(choice.name, 'must be true or false');
  return chosen === choice.is;
}

function withoutChoice({ choice }: Row, given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== choice?.name));
}

/** @throws ChatError BAD_USER_INPUT unless it is an object, nothing, or the bare value of a row that takes one */
function givenOf(rows: readonly Row[], payload: unknown): Given {
  if (payload === undefined || payload === null) return {};
  const isPlain = typeof payload === 'object' && !Array.isArray(payload) && !isBinary(payload);
  if (isPlain) return payload as Given;
  const row = rows.find(({ bare }) => bare !== undefined);
  if (row?.bare === undefined || !isBare(row, row.bare, payload)) throw badInput('payload', 'must be an object');
  return { [row.bare]: payload };
}

/** Whether a value may stand for a property all alone. */
function isBare({ plan }: Row, property: string, payload: unknown): boolean {
  return plan.isList(property) ? Array.isArray(payload) : typeof payload === 'string' || typeof payload === 'number';
}

function isBinary(payload: object): boolean {
  return ArrayBuffer.isView(payload) || payload instanceof ArrayBuffer;
}
