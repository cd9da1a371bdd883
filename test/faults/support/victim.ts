import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endWithMe } from '../../support/end-with-me.js';

/** How to start a process, and by which text it says that it is ready. */
export interface Start {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly ready: string;
}

/** Pieces of what it has written that are kept. */
const keptPieces = 1_000;

/** A process that dies and comes back. */
export class Victim {
  private child: ChildProcess | undefined;
  private stderr = '';
  private readonly written: string[] = [];

  constructor(private readonly how: Start) {}

  /** The newest of what it has written, across its lives. */
  get output(): string {
    return this.written.join('');
  }

  /** Starts it. @returns what it has written until it was ready */
  async start(): Promise<string> {
    const { args, cwd, env, ready } = this.how;
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const common = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
    const child = spawn(process.execPath, args, { cwd, env: { ...common, ...env }, stdio: [...stdio] });
    this.child = child;
    endWithMe(child);
    child.stderr.on('data', (text: Buffer) => (this.stderr += text.toString()));
    return new Promise((resolve, reject) => {
      let stdout = '';
      child.stdout.on('data', (text: Buffer) => {
        this.keep(text.toString());
        if (stdout.includes(ready)) return;
        stdout += text.toString();
        if (stdout.includes(ready)) resolve(stdout);
      });
      child.once('close', () => reject(new Error(`${args.join(' ')} ended: ${this.stderr}`)));
    });
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  /** It stands still, with all its connections open, until `resume`. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  private keep(text: string): void {
    this.written.push(text);
    if (this.written.length > keptPieces) this.written.shift();
  }
}
