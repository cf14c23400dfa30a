import type { Transport } from './wire';

/** Tries in a row that a transport is given, and one that has worked before. */
const TRIES = 2;
const TRUSTED_TRIES = 6;

/**
 * Which transport is next: the first one to begin with, the next when one does not open, and the one
 * that worked for much longer, so that a server that is away for a minute is not taken for a network
 * that lets no WebSocket through.
 */
export class Transports {
  private index = 0;
  private failures = 0;
  private trusted = false;

  constructor(private readonly all: readonly Transport[]) {}

  get next(): Transport | undefined {
    return this.all[this.index % this.all.length];
  }

  /** The connection stands. */
  worked(): void {
    this.failures = 0;
    this.trusted = true;
  }

  /** The connection never stood. */
  failed(): void {
    this.failures++;
    if (this.failures >= (this.trusted ? TRUSTED_TRIES : TRIES)) {
      this.index++;
      this.failures = 0;
      this.trusted = false;
    }
  }

  /** This may be another network. */
  forget(): void {
    this.index = 0;
    this.failures = 0;
    this.trusted = false;
  }
}
