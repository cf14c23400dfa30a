/** Waits for something to become true; the real clock, polled. */
export async function until(
  what: () => boolean | Promise<boolean>,
  withinMs = 5_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > end) {
      throw new Error(`never happened: ${what.toString()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
