import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GroupCreateDocument } from '../src/generated/operations.js';
import { atLeastOne } from './support/arguments.js';
import { connectPeople, type LoadPerson } from './support/people.js';
import { findAll, type Sender, sendForAWhile, type SendReport } from './support/send-load.js';
import { type ServerProcess, startServer } from './support/server.js';
import { amount, printFigures } from './support/table.js';

interface Options {
  readonly connections: number;
  readonly window: number;
  readonly seconds: number;
}

const usage = `Usage: npm run bench -- smoke [options]

  --connections <n>  sockets, each of another person (32)
  --window <n>       sends of one socket that are under way at once (8)
  --seconds <n>      how long each load lasts (5)
`;

/** How long the server is left alone before its idle memory is read, in milliseconds. */
const idleTime = 3_000;
const manyConversations = 100;

/** Measures one server on this machine, which the load shares. @throws Error when an acknowledged send is not there once */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      connections: { type: 'string', default: '32' },
      window: { type: 'string', default: '8' },
      seconds: { type: 'string', default: '5' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const { connections, window, seconds } = values;
  const number = (text: string): number => atLeastOne(text, usage);
  await measure({ connections: number(connections), window: number(window), seconds: number(seconds) });
}

async function measure(options: Options): Promise<void> {
  const server = await startServer();
  try {
    await pause(idleTime);
    printFigures([
      ['ready after', amount(server.readyAfter, 'ms')],
      [`idle memory after ${idleTime / 1_000} s`, amount(await server.residentMemory(), 'MB')],
    ]);
    const people = await connectPeople(server.url, options.connections);
    const everyone = await createGroup(people);
    await load('one conversation', server, {
      ...options,
      senders: people.map((person) => ({ person, conversationIds: [everyone] })),
    });
    const senders = await pairUp(people, manyConversations);
    await load(`${manyConversations} conversations`, server, { ...options, senders });
    await Promise.all(people.map(({ socket }) => socket.close()));
  } finally {
    await server.stop();
  }
}

async function load(
  name: string,
  server: ServerProcess,
  plan: Options & { senders: readonly Sender[] },
): Promise<void> {
  const { connections, window, seconds } = plan;
  process.stdout.write(`\n${name}: ${connections} sockets, ${window} sends under way on each, ${seconds} s\n`);
  const report = await sendForAWhile(plan);
  const memory = await server.residentMemory();
  const found = await findAll(plan, report);
  printFigures([
    ['sends acknowledged a second', amount(report.perSecond)],
    ['latency p50', latency(report, 50)],
    ['latency p99', latency(report, 99)],
    ['memory after', amount(memory, 'MB')],
    ['acknowledged, found exactly once', amount(found)],
  ]);
}

function latency({ latencies }: SendReport, percentile: number): string {
  return `${(latencies.getValueAtPercentile(percentile) / 1_000).toFixed(1)} ms`;
}

/** @returns the id of a group of these people, the first of whom founds it */
async function createGroup([founder, ...others]: readonly LoadPerson[]): Promise<string> {
  if (!founder) throw new Error('A group needs somebody.');
  const input = { title: 'Load', userIds: others.map(({ id }) => id) };
  const { groupCreate } = await founder.socket.run(GroupCreateDocument, { input });
  return groupCreate.conversation.id;
}

/** Groups of two neighbours each, so that everybody sends to about as many as everybody else. */
async function pairUp(people: readonly LoadPerson[], count: number): Promise<Sender[]> {
  const numbers = Array.from({ length: count }, (_nothing, number) => number);
  const pairs = await Promise.all(
    numbers.map(async (number) => {
      const pair = [0, 1].flatMap((next) => people[(number + next) % people.length] ?? []);
      return { pair, id: await createGroup([...new Set(pair)]) };
    }),
  );
  return people.map((person) => ({
    person,
    conversationIds: pairs.filter(({ pair }) => pair.includes(person)).map(({ id }) => id),
  }));
}
