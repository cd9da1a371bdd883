/** Looks again until the check passes; its last failure is the test's. @param patienceMs milliseconds */
export async function eventually<T>(check: () => T | Promise<T>, patienceMs = 5_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
