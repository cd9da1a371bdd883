import { hash } from '@node-rs/argon2';
import { Passwords } from '../../src/auth/passwords.js';
import { Turns } from '../../src/auth/turns.js';

const open = { admit: () => Promise.resolve(), passed: () => Promise.resolve() };

describe('passwords', () => {
  const passwords = new Passwords();

  it('are stored as Argon2id with 19 MiB, two passes and one lane', async () => {
    const stored = await passwords.hash('a good password');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(passwords.isOutdated(stored)).toBe(false);
  });

  it('match their own hash only', async () => {
    const stored = await passwords.hash('a good password');
    await expect(passwords.matches('a good password', stored, open)).resolves.toBe(true);
    await expect(passwords.matches('a good passwort', stored, open)).resolves.toBe(false);
  });

  it('match however the keyboard composed their accents', async () => {
    const stored = await passwords.hash('contrase\u00f1a');
    await expect(passwords.matches('contrasen\u0303a', stored, open)).resolves.toBe(true);
  });

  it('never match where there is no hash, and it takes a real verification to say so', async () => {
    const started = process.hrtime.bigint();
    await expect(passwords.matches('a good password', undefined, open)).resolves.toBe(false);
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    expect(milliseconds).toBeGreaterThan(2);
  });

  it('are outdated when they were hashed with other parameters', async () => {
    const weak = await hash('a good password', { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    expect(passwords.isOutdated(weak)).toBe(true);
    await expect(passwords.matches('a good password', weak, open)).resolves.toBe(true);
  });

  it('are not even tried when the gate refuses', async () => {
    const refusing = { ...open, admit: () => Promise.reject(new Error('refused')) };
    await expect(passwords.matches('a good password', undefined, refusing)).rejects.toThrow('refused');
  });
});

describe('turns', () => {
  it('run so many tasks at once and no more, in the order in which they came', async () => {
    const turns = new Turns({ atOnce: 2, waiting: 10 });
    const begun: number[] = [];
    const finish: (() => void)[] = [];
    const tasks = [0, 1, 2, 3].map((number) =>
      turns.take(() => {
        begun.push(number);
        return new Promise<void>((resolve) => finish.push(resolve));
      }),
    );
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    finish[0]?.();
    await tasks[0];
    expect(begun).toEqual([0, 1, 2]);
    finish[1]?.();
    finish[2]?.();
    await tasks[2];
    finish[3]?.();
    await Promise.all(tasks);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('refuse at once, as UNAVAILABLE with reason BUSY, when too many wait', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 1 });
    let finish = (): void => undefined;
    const first = turns.take(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = turns.take(() => Promise.resolve());
    await expect(turns.take(() => Promise.resolve())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      details: { reason: 'BUSY' },
    });
    finish();
    await Promise.all([first, second]);
  });

  it('go on after a task that failed', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 1 });
    await expect(turns.take(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await expect(turns.take(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
