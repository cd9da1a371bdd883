import { setTimeout as pause } from 'node:timers/promises';
import { build, type Histogram } from 'hdr-histogram-js';
import type { Contender } from './contenders.js';
import { marker, Subscribers, textOf } from './subscribers.js';

export interface FanOutPlan {
  readonly subscribers: number;
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Of the texts that are sent. */
  readonly seed: number;
}

/** What one server did. */
export interface FanOutReport {
  readonly deliveries: number;
  readonly perSecond: number;
  /** Microseconds from the moment at which a message was due to its arrival at one subscriber. */
  readonly latencies: Histogram;
  /** Milliseconds of processor time for 1,000 deliveries, setting up not counted. */
  readonly cpuPerThousand: number;
  /** Bytes of each subscribed and idle connection. */
  readonly heapPerConnection: number;
  readonly residentPerConnection: number;
}

/** Nothing comes any more when nothing came for so long; milliseconds. */
const drainPatience = 10_000;
const warmUpMessages = 200;

/**
 * Sends on a fixed schedule, whatever the server does, and counts what every subscriber gets.
 * @throws Error unless each got every message once and in order
 */
export async function fanOut(name: string, contender: Contender, plan: FanOutPlan): Promise<FanOutReport> {
  const { server, door, publish } = contender;
  const empty = await server.usage();
  const subscribers = await Subscribers.connect(door, plan.subscribers);
  await pause(1_000);
  const idle = await server.usage();
  await warmUp(subscribers, publish);
  const before = await server.usage();
  const count = plan.rate * plan.seconds;
  const latencies = build({ lowestDiscernibleValue: 1, highestTrackableValue: 600_000_000 });
  const elapsed = await sendOnSchedule({ subscribers, publish, count, latencies }, plan);
  const after = await server.usage();
  subscribers.verify(name, count);
  await subscribers.close();
  const deliveries = count * plan.subscribers;
  return {
    deliveries,
    perSecond: (deliveries / elapsed) * 1_000,
    latencies,
    cpuPerThousand: ((after.cpu - before.cpu) / deliveries) * 1_000,
    heapPerConnection: (idle.heap - empty.heap) / plan.subscribers,
    residentPerConnection: (idle.resident - empty.resident) / plan.subscribers,
  };
}

/** Until every subscription is in place, and the code of both sides is compiled. */
async function warmUp(subscribers: Subscribers, publish: Contender['publish']): Promise<void> {
  for (let sent = 0; sent < warmUpMessages || !subscribers.areWarm; sent += 1) {
    if (sent === warmUpMessages * 5) throw new Error('Not every subscription began in time.');
    await publish(`${marker}warm-up`);
    await pause(1);
  }
  await pause(1_000);
}

interface Run {
  readonly subscribers: Subscribers;
  readonly publish: Contender['publish'];
  readonly count: number;
  readonly latencies: Histogram;
}

/** @returns milliseconds from the first message that was due to the last delivery */
async function sendOnSchedule({ subscribers, publish, count, latencies }: Run, plan: FanOutPlan): Promise<number> {
  const began = performance.now();
  const dueAt = Array.from({ length: count }, (_nothing, number) => began + (number * 1_000) / plan.rate);
  const random = randomNumbers(plan.seed);
  subscribers.record(dueAt, latencies);
  const acknowledgements: Promise<unknown>[] = [];
  for (const [number, due] of dueAt.entries()) {
    const early = due - performance.now();
    if (early > 0) await pause(early);
    acknowledgements.push(publish(textOf(number, '·'.repeat(1 + Math.floor(random() * 120)))));
  }
  await Promise.all(acknowledgements);
  return (await drained(subscribers, count * plan.subscribers)) - began;
}

/** @returns when the last delivery was seen */
async function drained(subscribers: Subscribers, expected: number): Promise<number> {
  let received = -1;
  let progressAt = performance.now();
  while (performance.now() - progressAt < drainPatience) {
    if (subscribers.received !== received) progressAt = performance.now();
    received = subscribers.received;
    if (received >= expected) break;
    await pause(5);
  }
  return progressAt;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
