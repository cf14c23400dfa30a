import { batch, signal, type Signal } from '@preact/signals';
import type { Client } from '../client/client';
import type { Blocked, Contact } from '../client/people';
import type { Person } from '../client/protocol';
import { Decisions, type Known } from './decisions';
import { Turns } from './turns';

const PAGE = 500;
/** So old what is known may be when somebody looks again. */
const FRESH_MS = 30_000;

/**
 * Whom one knows, and of whom one wants nothing. Read when a view first needs it; what one decides here shows at once,
 * and is taken back if the server refuses it. Other devices are not told: what they decide is read with every new
 * connection, and when one comes back to the page.
 */
export class Circle {
  /** Nothing until it has been read. */
  readonly contacts: Signal<Known<Contact>> = signal(undefined);
  readonly blocked: Signal<Known<Blocked>> = signal(undefined);
  /** Counts what was decided here and is so on the server; whoever shows what depends on it looks again. */
  readonly settled = signal(0);

  private needed = false;
  private reading: Promise<void> | undefined;
  private readAt = -Infinity;
  /** Counts decisions, so that an answer that was on its way does not undo one. */
  private decisions = 0;
  private readonly ofContacts = new Decisions(this.contacts);
  private readonly ofBlocked = new Decisions(this.blocked);
  /** About one person the server gets one decision after the other. */
  private readonly turns = new Map<string, Turns>();

  constructor(
    private readonly client: Client,
    private readonly now: () => number = Date.now,
  ) {}

  /** Reads it all, unless that has been done. Fails as the server does, and may be asked again. */
  need(): Promise<void> {
    this.needed = true;
    return this.contacts.peek() && this.blocked.peek() ? Promise.resolve() : this.read();
  }

  /** There is a new connection, or somebody looks again: what is old is read anew, if it was ever needed. */
  refresh(): void {
    if (this.needed && this.now() - this.readAt > FRESH_MS) {
      this.read().catch(() => undefined);
    }
  }

  /** Fails NOT_FOUND, TOO_LARGE when there are too many already. */
  add(person: Person): Promise<void> {
    const { id, name, username } = person;
    const added = { id, name, ...(username === undefined ? {} : { username }) };
    const contact = { ...added, addedAt: new Date(this.now()).toISOString() };
    return this.decide(this.ofContacts, id, contact, () =>
      this.client.read('contacts.add', { user: id }),
    );
  }

  remove(user: string): Promise<void> {
    return this.decide(this.ofContacts, user, undefined, async () => {
      await this.client.read('contacts.remove', { user });
      return undefined;
    });
  }

  /** Fails as {@link add}. */
  block(person: Person): Promise<void> {
    const { id, name, username } = person;
    const blocked = { id, name, ...(username === undefined ? {} : { username }) };
    const entry = { ...blocked, blockedAt: new Date(this.now()).toISOString() };
    return this.decide(this.ofBlocked, id, entry, async () => {
      await this.client.read('contacts.block', { user: id });
      return entry;
    });
  }

  unblock(user: string): Promise<void> {
    return this.decide(this.ofBlocked, user, undefined, async () => {
      await this.client.read('contacts.unblock', { user });
      return undefined;
    });
  }

  private async decide<T>(
    list: Decisions<T>,
    id: string,
    next: T | undefined,
    ask: () => Promise<T | undefined>,
  ): Promise<void> {
    const turns = this.turns.get(id) ?? new Turns();
    this.turns.set(id, turns);
    this.decisions++;
    try {
      await list.decide(id, next, () => turns.take(ask));
      this.settled.value++;
    } finally {
      this.decisions++;
    }
  }

  private read(): Promise<void> {
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readAll(): Promise<void> {
    for (let begun = -1; begun !== this.decisions;) {
      begun = this.decisions;
      const contacts = new Map<string, Contact>();
      const blocked = new Map<string, Blocked>();
      await this.pages(async (after) => {
        const page = await this.client.read('contacts.list', after);
        page.contacts.forEach((one) => contacts.set(one.id, one));
        return page.next;
      });
      await this.pages(async (after) => {
        const page = await this.client.read('contacts.blocked', after);
        page.blocked.forEach((one) => blocked.set(one.id, one));
        return page.next;
      });
      if (begun === this.decisions) {
        this.readAt = this.now();
        batch(() => {
          this.contacts.value = contacts;
          this.blocked.value = blocked;
        });
      }
    }
  }

  private async pages(
    page: (asked: { limit: number; after?: string }) => Promise<string | undefined>,
  ): Promise<void> {
    let next = await page({ limit: PAGE });
    while (next !== undefined) {
      next = await page({ limit: PAGE, after: next });
    }
  }
}
