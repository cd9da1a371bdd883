import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../.ci/run', import.meta.url));

/** Writes the results of Jest where it is told to; a step whose name is in FAILS fails, and its tests with it in RED. */
const npm = `#!/bin/sh
for word in "$@"; do case "$word" in --outputFile=*) file="\${word#--outputFile=}";; esac; done
name="$1 $2"
case ",$ABSENT," in *",$name,"*) exit 1;; esac
case ",$RED," in *",$name,"*) red=1;; *) red=0;; esac
if [ -n "$file" ]; then
  echo "{\\"numPassedTests\\":10,\\"numFailedTests\\":$red,\\"numRuntimeErrorTestSuites\\":0}" > "$file"
fi
case ",$FAILS," in *",$name,"*) exit 1;; esac
exit $red
`;

describe('.ci/run', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatset-ci-'));
    for (const name of ['.ci', 'bin']) mkdirSync(join(folder, name));
    copyFileSync(script, join(folder, '.ci', 'run'));
    for (const tool of ['bash', 'sh', 'dirname', 'mktemp', 'rm', 'touch']) link(tool);
    symlinkSync(process.execPath, join(folder, 'bin', 'node'));
    program('npm', npm);
    program('chromium', '#!/bin/sh\n');
    program('redis-server', '#!/bin/sh\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function link(tool: string): void {
    const { stdout } = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(folder, 'bin', tool));
  }

  function program(name: string, text: string): void {
    writeFileSync(join(folder, 'bin', name), text);
    chmodSync(join(folder, 'bin', name), 0o755);
  }

  function run(env: Record<string, string> = {}) {
    const path = join(folder, 'bin');
    const { status, stdout } = spawnSync(join(path, 'bash'), [join(folder, '.ci', 'run')], {
      env: { PATH: path, ...env },
      encoding: 'utf8',
    });
    return { status, last: stdout.trimEnd().split('\n').at(-1), stdout };
  }

  it.each([
    ['everything that passes', {}, { status: 0, last: '30 passed, 0 failed' }],
    ['failed tests', { RED: 'run test:web' }, { status: 1, last: '30 passed, 1 failed' }],
    ['a failed check', { FAILS: 'run check' }, { status: 1, last: '30 passed, 1 failed' }],
    ['a run that fails without a failed test', { FAILS: 'test --' }, { status: 1, last: '30 passed, 1 failed' }],
    ['a run that cannot start', { ABSENT: 'run test:faults' }, { status: 1, last: '20 passed, 1 failed' }],
    ['an installation that fails', { FAILS: 'ci ' }, { status: 1, last: '0 passed, 4 failed' }],
  ])('counts %s', (_what, env, ending) => {
    const { status, last } = run(env);
    expect({ status, last }).toEqual(ending);
  });

  it('says that apt-get could not install a program, runs the rest and fails', () => {
    rmSync(join(folder, 'bin', 'chromium'));
    program('id', '#!/bin/sh\necho 0\n');
    program('apt-get', '#!/bin/sh\nexit 100\n');
    const { status, last, stdout } = run();
    expect({ status, last }).toEqual({ status: 1, last: '30 passed, 1 failed' });
    expect(stdout).toContain('apt-get could not install chromium: see what it says above');
  });

  it('says that installing needs root on Debian', () => {
    rmSync(join(folder, 'bin', 'redis-server'));
    program('id', '#!/bin/sh\necho 1000\n');
    const { status, last, stdout } = run();
    expect({ status, last }).toEqual({ status: 1, last: '30 passed, 1 failed' });
    expect(stdout).toContain('Cannot install redis-server: that needs root on Debian.');
  });
});
