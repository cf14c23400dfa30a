const PAUSE_MS = 1_000;
const AT_ONCE = 20;

/** Tells the server what has come to this device: each room at most once a second, and only what is new. */
export class Arrivals {
  private readonly waiting = new Map<string, number>();
  private readonly told = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param tell says it; false when that cannot be done just now
   * @param read up to where a room is read, which says it already
   */
  constructor(
    private readonly tell: (room: string, seq: number) => boolean,
    private readonly read: (room: string) => number,
  ) {}

  /** Something of somebody else's has come. */
  came(room: string, seq: number): void {
    if (seq > (this.told.get(room) ?? 0) && seq > (this.waiting.get(room) ?? 0)) {
      this.waiting.set(room, seq);
      this.timer ??= setTimeout(() => this.send(), PAUSE_MS);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }

  private send(): void {
    this.timer = undefined;
    for (const [room, seq] of [...this.waiting].slice(0, AT_ONCE)) {
      if (this.read(room) >= seq || this.tell(room, seq)) {
        this.waiting.delete(room);
        this.told.set(room, seq);
      }
    }
    if (this.waiting.size > 0) this.timer = setTimeout(() => this.send(), PAUSE_MS);
  }
}
