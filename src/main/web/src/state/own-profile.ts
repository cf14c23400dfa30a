import { signal } from '@preact/signals';
import type { Client } from '../client/client';
import type { Calls, OwnProfile as Profile, Policy } from '../client/people';
import { Turns } from './turns';

export type ProfileChange = Partial<
  Pick<Profile, 'name' | 'about'> & { lastSeenFor: Policy; photoFor: Policy; notifications: Calls }
>;

/** A server believes what it knows of a session for five seconds. */
const BELIEVED_MS = 6_000;

/** What one says of oneself. A change shows at once, and is taken back if the server refuses it. */
export class OwnProfile {
  /** Nothing until it has been read. */
  readonly value = signal<Profile | undefined>(undefined);
  /** Is told when something of it was changed from here. */
  changed: () => void = () => undefined;
  /** As the server said last. */
  private settled: Profile | undefined;
  private changes = 0;
  private readonly turns = new Turns();
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly named: (profile: Profile) => void,
  ) {}

  /** Reads it; what another device has changed shows. */
  async read(): Promise<void> {
    const begun = this.changes;
    const profile = await this.client.read('profile.get', {});
    if (begun === this.changes) this.take(profile);
  }

  /** Fails INVALID or TOO_LARGE, naming the field. */
  async change(change: ProfileChange): Promise<void> {
    const own = ++this.changes;
    const shown = this.value.peek();
    if (shown) this.value.value = { ...shown, ...change };
    try {
      const profile = await this.turns.take(() => this.client.read('profile.update', change));
      if (this.settled?.name !== profile.name) this.renewSoon();
      this.settled = profile;
      if (own === this.changes) this.take(profile);
      this.changed();
    } catch (thrown) {
      if (own === this.changes) this.value.value = this.settled;
      throw thrown;
    }
  }

  stop(): void {
    clearTimeout(this.renewal);
  }

  /** What is written on a socket has the name that its session had when it was last renewed. */
  private renewSoon(): void {
    clearTimeout(this.renewal);
    this.renewal = setTimeout(() => {
      this.client.renew().catch(() => undefined);
    }, BELIEVED_MS);
  }

  private take(profile: Profile): void {
    this.settled = profile;
    this.value.value = profile;
    this.named(profile);
  }
}
