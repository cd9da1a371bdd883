const patienceMs = 5_000;

/** Looks again until the check passes; its last failure is the test's. Patience is for what takes its time by design. */
export async function eventually<T>(check: () => T | Promise<T>, patience = patienceMs): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
