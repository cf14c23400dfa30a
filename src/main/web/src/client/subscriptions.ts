import { Backoff } from './backoff';
import { Failure } from './failure';
import type { Incoming, Outgoing } from './protocol';

/** Somebody who follows a log. */
export interface Follower {
  /** That of the last entry seen; nothing: from now on. */
  cursor(): string | undefined;
  heard(body: { kind: string }): void;
  /** For good: nothing more will come. */
  refused(failure: Failure): void;
}

interface Subscription {
  follower: Follower;
  backoff: Backoff;
  watch: ReturnType<typeof setTimeout> | undefined;
}

const READY_MS = 10_000;

/** The addresses followed on the present socket, registered anew on each with the cursor of the moment. */
export class Subscriptions {
  private readonly all = new Map<string, Subscription>();
  private open = false;

  constructor(
    private readonly send: (frame: Outgoing) => void,
    private readonly readyMs = READY_MS,
  ) {}

  follow(address: string, follower: Follower): void {
    this.leave(address);
    this.all.set(address, { follower, backoff: new Backoff(), watch: undefined });
    if (this.open) {
      this.register(address);
    }
  }

  leave(address: string): void {
    const subscription = this.all.get(address);
    if (!subscription) {
      return;
    }
    clearTimeout(subscription.watch);
    this.all.delete(address);
    if (this.open) {
      this.send({ type: 'unregister', address, headers: {} });
    }
  }

  /** Asks again for all that comes after the follower's cursor; after a gap. */
  resume(address: string): void {
    if (this.open && this.all.has(address)) {
      this.send({ type: 'unregister', address, headers: {} });
      this.register(address);
    }
  }

  opened(): void {
    this.open = true;
    for (const address of this.all.keys()) {
      this.register(address);
    }
  }

  lost(): void {
    this.open = false;
    for (const subscription of this.all.values()) {
      clearTimeout(subscription.watch);
    }
  }

  take(frame: Incoming): boolean {
    const address = frame.address ?? '';
    const subscription = this.all.get(address);
    if (!subscription) {
      return false;
    }
    if (frame.type === 'err') {
      this.refused(address, subscription, Failure.parse(frame.message));
    } else if (isBody(frame.body)) {
      if (frame.body.kind === 'ready') {
        clearTimeout(subscription.watch);
        subscription.backoff.reset();
      }
      subscription.follower.heard(frame.body);
    }
    return true;
  }

  private register(address: string): void {
    const subscription = this.all.get(address);
    if (!subscription) {
      return;
    }
    const cursor = subscription.follower.cursor();
    this.send({ type: 'register', address, headers: cursor === undefined ? {} : { cursor } });
    this.wait(address, subscription, this.readyMs);
  }

  private refused(address: string, subscription: Subscription, failure: Failure): void {
    clearTimeout(subscription.watch);
    if (failure.retryable || failure.aboutSession || failure.reason === 'INTERNAL') {
      const wait = Math.max(failure.retryAfterMs ?? 0, subscription.backoff.next());
      this.wait(address, subscription, wait);
    } else {
      this.all.delete(address);
      subscription.follower.refused(failure);
    }
  }

  private wait(address: string, subscription: Subscription, ms: number): void {
    clearTimeout(subscription.watch);
    subscription.watch = setTimeout(() => this.resume(address), ms);
  }
}

function isBody(body: unknown): body is { kind: string } {
  return typeof body === 'object' && body !== null && 'kind' in body;
}
