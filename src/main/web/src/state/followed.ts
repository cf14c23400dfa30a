import type { Signal } from '@preact/signals';
import { behind, type RoomState } from './room';

/** How many rooms are followed besides the one on the screen. */
const FOLLOWED = 100;
/** Of rooms larger than this the server gives no hints. */
const HINTED_MEMBERS = 500;
/** How many rooms that hints told of are caught up with at once, and how long until the next. */
const CHASED = 10;
const CHASE_MS = 500;

interface Feeds {
  /** All rooms, in any order. */
  all(): readonly Signal<RoomState>[];
  has(id: string): boolean;
  start(id: string): void;
  stop(id: string): void;
  /** The room on the screen. */
  open(): string | undefined;
}

/**
 * Decides which rooms are followed: those where something happened last, and the large ones. The others are known by
 * hints, and are followed in turn when something happens there.
 */
export class Followed {
  private chasing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly feeds: Feeds) {}

  /** Follows what should be followed, and nothing that need not be. */
  settle(): void {
    const order = this.liveliest();
    const large = order.filter(isLarge).slice(0, FOLLOWED);
    [...order.slice(0, FOLLOWED), ...large].forEach((room) => this.feeds.start(room.value.id));
    this.thin();
  }

  /** Hints have come; the rooms are followed soon, a few at a time. */
  chase(): void {
    if (this.feeds.all().some((room) => this.wanted(room))) {
      this.chasing ??= setTimeout(() => {
        this.chasing = undefined;
        const wanted = this.liveliest().filter((room) => this.wanted(room));
        wanted.slice(0, CHASED).forEach((room) => this.feeds.start(room.value.id));
        this.thin();
        this.chase();
      }, CHASE_MS);
    }
  }

  stop(): void {
    clearTimeout(this.chasing);
  }

  private wanted(room: Signal<RoomState>): boolean {
    const { id, role } = room.value;
    return role !== undefined && behind(room.value) && !this.feeds.has(id);
  }

  private thin(): void {
    const idle = this.liveliest()
      .filter((room) => !isLarge(room) && room.value.id !== this.feeds.open())
      .filter((room) => this.feeds.has(room.value.id));
    // What is still being caught up with would have to be started again.
    const over = idle.slice(FOLLOWED).filter((room) => !behind(room.value));
    over.forEach((room) => this.feeds.stop(room.value.id));
  }

  /** Those first where something happened last, whatever stands first on the screen. */
  private liveliest(): Signal<RoomState>[] {
    return [...this.feeds.all()].sort((a, b) => b.value.at - a.value.at);
  }
}

function isLarge(room: Signal<RoomState>): boolean {
  return room.value.memberCount > HINTED_MEMBERS;
}
