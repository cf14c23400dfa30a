/** How long to wait before the next try: doubling, capped, spread at random so that nobody comes back in step. */
export class Backoff {
  private tries = 0;

  constructor(
    private readonly firstMs = 500,
    private readonly mostMs = 30_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** The wait before the next try, which counts as one. */
  next(): number {
    const ceiling = Math.min(this.mostMs, this.firstMs * 2 ** this.tries);
    this.tries = Math.min(this.tries + 1, 30);
    return Math.round(ceiling * (0.5 + this.random() / 2));
  }

  reset(): void {
    this.tries = 0;
  }

  get attempts(): number {
    return this.tries;
  }
}
