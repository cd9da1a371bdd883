/** A benchmark. It prints its figures, and throws when what it measured was not right. */
interface Benchmark {
  readonly sentence: string;
  /** Loaded only when it runs. `args` are what follows its name on the command line. */
  readonly load: () => Promise<{ run(args: string[]): Promise<void> }>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  smoke: {
    sentence:
      'start, idle memory, and sends acknowledged a second in 1 and in 100 conversations, each found once after',
    load: () => import('./smoke.js'),
  },
  fanout: {
    sentence: 'one message to many subscribers, beside graphql-ws as it comes and bare ws; memory per idle connection',
    load: () => import('./fanout.js'),
  },
  embedded: {
    sentence: 'the embedded database alone, under the load of a chat; beside a MongoDB when MONGODB_URI is set',
    load: () => import('./embedded.js'),
  },
};

const usage = `Usage: npm run bench -- <name> [options]

${Object.entries(benchmarks)
  .map(([name, { sentence }]) => `  ${name.padEnd(10)} ${sentence}`)
  .join('\n')}

"npm run bench -- <name> --help" shows the options of one.
`;

/** @returns the exit code */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(usage);
    return name === undefined ? 1 : 0;
  }
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (!benchmark) {
    process.stderr.write(`There is no benchmark "${name}".\n\n${usage}`);
    return 1;
  }
  try {
    await (await benchmark.load()).run(args);
    return 0;
  } catch (error) {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
