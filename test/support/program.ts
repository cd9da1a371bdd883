import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../bin/chatset.js', import.meta.url));

/** How a program ended, and what it wrote. */
export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `chatset` program as a process of its own, in a folder of its own. */
export class Program {
  /** Where its code is. */
  static readonly file = bin;
  readonly ended: Promise<Ending>;
  private stdout = '';
  private stderr = '';

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /**
   * Runs a command.
   * @param folder the working folder; `data` in it is the default data folder
   * @param settings the only environment variables beside what Node itself needs
   */
  static begin(args: readonly string[], folder: string, settings: Record<string, string> = {}): Program {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', LOG_LEVEL: 'error', ...settings };
    return new Program(spawn(process.execPath, [bin, ...args], { cwd: folder, env }));
  }

  /** Runs a command to its end. */
  static run(args: readonly string[], folder: string, settings?: Record<string, string>): Promise<Ending> {
    return Program.begin(args, folder, settings).ended;
  }

  /** Runs a command to its end with a text on its standard input. */
  static runWith(input: string, args: readonly string[], folder: string): Promise<Ending> {
    const program = Program.begin(args, folder);
    program.child.stdin.end(input);
    return program.ended;
  }

  /** Starts a server. @returns once it has told its address. */
  static async serve(folder: string, settings?: Record<string, string>): Promise<Program & { readonly url: string }> {
    const program = Program.begin(['start'], folder, settings);
    const url = await program.address();
    return Object.assign(program, { url });
  }

  /** Everything it has written to the terminal so far. */
  get output(): string {
    return this.stdout;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What Ctrl-C does. */
  async interrupt(): Promise<Ending> {
    this.signal('SIGINT');
    return this.ended;
  }

  /** What a service manager does, and what Ctrl-C does: the first asks it to stop, the second to stop at once. */
  signal(signal: 'SIGTERM' | 'SIGINT' | 'SIGUSR2'): void {
    this.child.kill(signal);
  }

  /** Ends it without a word, for when a test is over. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private address(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.child.stdout.on('data', () => {
        const [, url] = /API +(http:\S+)\/graphql/.exec(this.stdout) ?? [];
        if (url !== undefined) resolve(url);
      });
      void this.ended.then(({ stderr }) => reject(new Error(`The server did not start: ${stderr}`)));
    });
  }
}

/** A working folder that goes away when `remove` is called. */
export async function workingFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'chatset-cli-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
