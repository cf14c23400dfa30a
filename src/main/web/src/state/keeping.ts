import type { RoomState } from './room';

/** Rooms are remembered soon after a change, but not all the time. */
const SOON_MS = 250;
const PAUSE_MS = 2_000;

/** Decides when rooms are remembered for the next visit: now and then while they change. */
export class Keeping {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest: readonly RoomState[] = [];
  private keptAt = 0;

  constructor(private readonly keep: (rooms: readonly RoomState[]) => void) {}

  /** These are the rooms now. */
  later(rooms: readonly RoomState[]): void {
    this.latest = rooms;
    if (rooms.length > 0) {
      const pause = this.keptAt + PAUSE_MS - Date.now();
      this.timer ??= setTimeout(() => this.now(this.latest), Math.max(SOON_MS, pause));
    }
  }

  now(rooms: readonly RoomState[]): void {
    this.stop();
    this.keptAt = Date.now();
    if (rooms.length > 0) this.keep(rooms);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
