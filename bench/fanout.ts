import { parseArgs } from 'node:util';
import { contenders } from './support/contenders.js';
import { fanOut, type FanOutPlan, type FanOutReport } from './support/fan-out.js';
import { amount, printTable } from './support/table.js';
import { atLeastOne } from './support/arguments.js';

const usage = `Usage: npm run bench -- fanout [options]

  --subscribers <n>  sockets that follow one group (1000)
  --rate <n>         messages a second that are sent to it (10)
  --seconds <n>      how long (10)
  --seed <n>         of the texts (1)

Three servers, one after the other, each a process of its own: Chatset, which stores every message before it delivers it;
graphql-ws as its guides show it, with one execution per subscriber and messages in memory; and bare ws, which only copies
bytes. All carry the same fields. The load runs on the same machine.
`;

/** Measures one message to many subscribers. @throws Error when anybody did not get every message once and in order */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      subscribers: { type: 'string', default: '1000' },
      rate: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const number = (text: string): number => atLeastOne(text, usage);
  const { subscribers, rate, seconds, seed } = values;
  await compare({ subscribers: number(subscribers), rate: number(rate), seconds: number(seconds), seed: number(seed) });
}

async function compare(plan: FanOutPlan): Promise<void> {
  const { subscribers, rate, seconds, seed } = plan;
  process.stdout.write(`${subscribers} subscribers, ${rate} messages a second, ${seconds} s, seed ${seed}\n\n`);
  const reports = new Map<string, FanOutReport>();
  for (const [name, start] of Object.entries(contenders)) {
    const contender = await start();
    try {
      reports.set(name, await fanOut(name, contender, plan));
    } finally {
      await contender.stop();
    }
  }
  printFindings(reports);
}

/** What is printed of a report; all but the first are better when they are smaller. */
const findings: readonly (readonly [name: string, valueOf: (report: FanOutReport) => number, unit: string])[] = [
  ['deliveries a second', ({ perSecond }) => perSecond, ''],
  ['latency p50', ({ latencies }) => latencies.getValueAtPercentile(50) / 1_000, 'ms'],
  ['latency p99', ({ latencies }) => latencies.getValueAtPercentile(99) / 1_000, 'ms'],
  ['latency p99.9', ({ latencies }) => latencies.getValueAtPercentile(99.9) / 1_000, 'ms'],
  ['processor time for 1,000 deliveries', ({ cpuPerThousand }) => cpuPerThousand, 'ms'],
  ['heap of an idle connection', ({ heapPerConnection }) => heapPerConnection / 1_000, 'kB'],
  ['memory of an idle connection', ({ residentPerConnection }) => residentPerConnection / 1_000, 'kB'],
];

/** A column for each server, and how the first one stands to each of the others. */
function printFindings(reports: ReadonlyMap<string, FanOutReport>): void {
  const [first = '', ...others] = reports.keys();
  const columns = ['', ...reports.keys(), ...others.map((name) => `${first} : ${name}`)];
  const rows = findings.map(([name, valueOf, unit]) => {
    const [own = 0, ...theirs] = [...reports.values()].map(valueOf);
    const values = [own, ...theirs].map((value) => (unit ? `${value.toFixed(1)} ${unit}` : amount(value)));
    return [name, ...values, ...theirs.map((value) => (own / value).toFixed(2))];
  });
  printTable([columns, ...rows]);
  const all = [...reports.values()].reduce((sum, { deliveries }) => sum + deliveries, 0);
  process.stdout.write(`\n${amount(all)} deliveries, every message to everybody once and in order\n`);
}
