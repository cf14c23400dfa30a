import { signal, type ReadonlySignal } from '@preact/signals';

const SHOWN_MS = 6_000;
const SAID_MS = 3_000;

/** Who is typing where: what others say fades after six seconds, what we say is said at most each three. */
export class Typing {
  private readonly rooms = signal<ReadonlyMap<string, ReadonlyMap<string, number>>>(new Map());
  private readonly saidAt = new Map<string, number>();
  private sweep: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (room: string) => void) {}

  get all(): ReadonlySignal<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    return this.rooms;
  }

  /** Others are typing. */
  heard(room: string, users: readonly string[], now = Date.now()): void {
    const people = new Map(this.rooms.value.get(room));
    for (const user of users) {
      people.set(user, now + SHOWN_MS);
    }
    this.put(room, people);
    this.sweep ??= setTimeout(() => this.fade(), SHOWN_MS);
  }

  /** Somebody has sent what they were typing. */
  done(room: string, user: string): void {
    const people = this.rooms.value.get(room);
    if (people?.has(user)) {
      this.put(room, new Map([...people].filter(([id]) => id !== user)));
    }
  }

  /** One is typing oneself. */
  pressed(room: string, now = Date.now()): void {
    if (now - (this.saidAt.get(room) ?? -Infinity) >= SAID_MS) {
      this.saidAt.set(room, now);
      this.say(room);
    }
  }

  /** One has sent it; the next key is news again. */
  sent(room: string): void {
    this.saidAt.delete(room);
  }

  clear(): void {
    clearTimeout(this.sweep);
    this.sweep = undefined;
    this.rooms.value = new Map();
    this.saidAt.clear();
  }

  private fade(now = Date.now()): void {
    this.sweep = undefined;
    const left = new Map<string, ReadonlyMap<string, number>>();
    for (const [room, people] of this.rooms.value) {
      const still = new Map([...people].filter(([, until]) => until > now));
      if (still.size > 0) left.set(room, still);
    }
    this.rooms.value = left;
    if (left.size > 0) {
      this.sweep = setTimeout(() => this.fade(), 1_000);
    }
  }

  private put(room: string, people: ReadonlyMap<string, number>): void {
    this.rooms.value = new Map(this.rooms.value).set(room, people);
  }
}
