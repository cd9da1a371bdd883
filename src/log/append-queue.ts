import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../database/ids.js';
import { ChatError, conflict, notFound, unavailable } from '../errors.js';
import { AppendJob } from './append-job.js';
import type { Appended, AppendRequest, Draft, OnceKey } from './append-request.js';
import type { ConversationState } from './conversation-state.js';
import { foldEntry } from './conversation-state.js';
import type { LogEntry } from './log-entry.model.js';
import type { LogReader, MessagesById } from './log-reader.js';
import type { LogWriter, WriteStop } from './log-writer.js';

/** Requests that may wait for one conversation. */
const maxWaiting = 1_000;
/** Sends that are written together. */
const maxBatch = 200;

/** What a queue needs from its surroundings. */
export interface QueueTools {
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly states: StateCache;
  /** Tells everybody what was appended, in order. */
  readonly publish: (conversationId: string, entries: readonly LogEntry[], messages: MessagesById) => void;
  /** Tells everybody that something may have been appended that was not told. */
  readonly hint: (conversationId: string) => void;
}

/** Conversation states by id; one that is missing is loaded, one in doubt is forgotten. */
export interface StateCache {
  get(conversationId: string): ConversationState | undefined;
  set(conversationId: string, state: ConversationState): void;
  delete(conversationId: string): void;
}

interface Attempt {
  readonly job: AppendJob;
  readonly rows: readonly LogEntry[];
}

/**
 * Appends to one conversation from this process, one batch after the other. The entry is the commit: a request is
 * authorized by the state at seq s and its entry is tried only at s + 1, which the unique index gives to one writer.
 */
export class AppendQueue {
  private readonly waiting: AppendJob[] = [];
  private readonly sends = new Map<string, AppendJob>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly conversationId: string,
    private readonly tools: QueueTools,
    private readonly idle: () => void,
  ) {}

  add(request: AppendRequest): Promise<Appended> {
    const twin = this.twinOf(request);
    if (twin) return twin;
    if (this.waiting.length >= maxWaiting) throw tooBusy();
    const job = new AppendJob(request);
    this.remember(job);
    this.waiting.push(job);
    this.running ??= this.run();
    return job.promise;
  }

  /** Ends when nothing waits any more. */
  async drained(): Promise<void> {
    await this.running;
  }

  /** A send with an id that is on its way already shares its outcome. */
  private twinOf({ send }: AppendRequest): Promise<Appended> | undefined {
    const once = send?.once;
    const twin = once && this.sends.get(sendKey(once));
    if (!twin) return undefined;
    if (twin.request.send?.once?.requestHash !== once.requestHash) throw reusedId();
    return twin.promise.then((appended) => ({ ...appended, isRepeat: true }));
  }

  private remember(job: AppendJob): void {
    const once = job.request.send?.once;
    if (!once) return;
    this.sends.set(sendKey(once), job);
    const forget = (): void => void this.sends.delete(sendKey(once));
    job.promise.then(forget, forget);
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      try {
        await this.attempt(batch);
      } catch (error) {
        await this.recover(batch, error);
      }
    }
    this.running = undefined;
    this.idle();
  }

  /** Sends that wait together, or one request that may change what the next may do. */
  private takeBatch(): AppendJob[] {
    const end = this.waiting.findIndex((job) => !job.isSend);
    const sends = end === -1 ? this.waiting.length : end;
    return this.waiting.splice(0, Math.max(1, Math.min(sends, maxBatch)));
  }

  private async attempt(batch: readonly AppendJob[]): Promise<void> {
    const state = await this.state();
    const base = state.seq;
    const attempts: Attempt[] = [];
    let seq = base;
    for (const job of batch) {
      const rows = await this.plan(job, state, seq);
      if (state.seq !== base) return this.again(batch);
      if (rows.length > 0) attempts.push({ job, rows });
      seq += rows.length;
    }
    if (attempts.length > 0) await this.write(state, attempts);
  }

  private async state(): Promise<ConversationState> {
    const known = this.tools.states.get(this.conversationId);
    if (known) return known;
    const loaded = await this.tools.reader.loadState(this.conversationId);
    if (!loaded) throw notFound('conversation');
    this.tools.states.set(this.conversationId, loaded);
    return loaded;
  }

  /** The rows a job wants at `seq` + 1 and on; a refusal and "already so" are given only after looking for news. */
  private async plan(job: AppendJob, state: ConversationState, seq: number): Promise<LogEntry[]> {
    if (job.isStored) {
      job.done(await this.tools.reader.messagesOf(job.stored));
      return [];
    }
    const decision = await decide(job, state);
    if (!(decision instanceof ChatError) && decision.length > 0) {
      return decision.map((draft, at) => {
        const id = (job.rowIds[job.stored.length + at] ??= newId());
        return this.tools.writer.place(draft, { id, conversationId: this.conversationId, seq: seq + 1 + at });
      });
    }
    if (await this.tools.reader.catchUp(state)) return [];
    if (decision instanceof ChatError) job.reject(decision);
    else job.done({});
    return [];
  }

  private async write(state: ConversationState, attempts: readonly Attempt[]): Promise<void> {
    const { stored, stop } = await this.tools.writer.write(attempts.flatMap(({ rows }) => rows));
    // Before anything else can fail: what is stored is done, and must not be decided anew.
    const isStored = new Set(stored);
    for (const { job, rows } of attempts) job.keep(rows, isStored);
    const messages = await this.commit(state, stored);
    for (const { job } of attempts) if (job.isStored) job.done(messages);
    const unfinished = attempts.filter(({ job }) => !job.isStored);
    if (stop)
      await this.resolve(
        stop,
        state,
        unfinished.map(({ job }) => job),
      );
  }

  /** Settles what stopped a write and lets the rest try again. */
  private async resolve(stop: WriteStop, state: ConversationState, unfinished: readonly AppendJob[]): Promise<void> {
    const [refused] = unfinished;
    if (stop.reason === 'database') {
      this.tools.states.delete(this.conversationId);
      return this.again(unfinished, stop.error);
    }
    if (stop.reason === 'repeat' && refused) answerRepeat(refused, stop.row);
    if (stop.reason === 'stored' && refused) {
      refused.stored.push(stop.row);
      this.tools.hint(this.conversationId);
      if (refused.isSend) refused.done({ [stop.row.id]: stop.row });
    }
    await this.tools.reader.catchUp(state);
    return this.again(unfinished);
  }

  /** After a failure in the middle the log is asked what is true; people are told that something may have happened. */
  private async recover(batch: readonly AppendJob[], error: unknown): Promise<void> {
    this.tools.states.delete(this.conversationId);
    this.tools.hint(this.conversationId);
    if (error instanceof ChatError) for (const job of batch) job.reject(error);
    else await this.again(batch, error);
  }

  /** Makes stored entries true everywhere in this process: state, projections, then the news. */
  private async commit(state: ConversationState, entries: readonly LogEntry[]): Promise<MessagesById> {
    if (entries.length === 0) return {};
    for (const entry of entries) {
      foldEntry(state, entry);
      if (entry.pending) await this.tools.reader.apply(entry);
    }
    const messages = await this.tools.reader.messagesOf(entries);
    this.tools.publish(this.conversationId, entries, messages);
    return messages;
  }

  /** Puts unsettled jobs back at the head of the queue, after a random pause; those whose patience is over fail. */
  private async again(jobs: readonly AppendJob[], cause?: unknown): Promise<void> {
    const open = jobs.filter((job) => !job.isSettled);
    if (open.length === 0) return;
    await pause(cause === undefined ? Math.random() * 5 : 50 + Math.random() * 100);
    const now = performance.now();
    for (const job of open) if (job.deadline < now) job.reject(cause ?? tooBusy());
    this.waiting.unshift(...open.filter((job) => !job.isSettled));
  }
}

async function decide(job: AppendJob, state: ConversationState): Promise<readonly Draft[] | ChatError> {
  try {
    return await job.request.decide(state);
  } catch (error) {
    if (error instanceof ChatError) return error;
    throw error;
  }
}

/** The same request answers the first message; another one with the same id is a mistake of the caller. */
function answerRepeat(job: AppendJob, first: LogEntry): void {
  if (first.requestHash === job.request.send?.once?.requestHash) job.repeats(first);
  else job.reject(reusedId());
}

const sendKey = ({ actorId, clientMessageId }: OnceKey): string => `${actorId} ${clientMessageId}`;

/** An id that was used for something else. */
function reusedId(): ChatError {
  return conflict(
    'ID_REUSED',
    'You have used this id for another message. Take a new id (clientMessageId, over REST also Idempotency-Key) for each message, and the same one only to repeat a send.',
  );
}

function tooBusy(): ChatError {
  return unavailable('The conversation is too busy just now. Try again in a few seconds, a message with the same id.', {
    reason: 'BUSY',
  });
}
