import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';

interface Report {
  readonly summary: { readonly totalCruised: number; readonly violations: { rule: { name: string }; from: string }[] };
}

/** What the rules say of the code; the cruiser's exit code tells of violations too, so only its report is read. */
async function cruise(): Promise<Report> {
  const options = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const run = promisify(execFile)(process.execPath, [cruiser, ...options], { cwd: root, maxBuffer: 64 * 2 ** 20 });
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  return JSON.parse(stdout) as Report;
}

describe('the architecture', () => {
  it('has no import that its rules forbid', async () => {
    const { summary } = await cruise();
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(500);
  }, 60_000);
});
