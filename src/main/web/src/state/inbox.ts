/** Collects what arrives in one frame of the screen, so that a burst is drawn once. */
export class Inbox<T> {
  private waiting: T[] = [];
  private scheduled = false;

  constructor(
    private readonly deliver: (all: T[]) => void,
    private readonly soon: (work: () => void) => void = nextFrame,
  ) {}

  push(one: T): void {
    this.waiting.push(one);
    if (!this.scheduled) {
      this.scheduled = true;
      this.soon(() => this.flush());
    }
  }

  private flush(): void {
    const all = this.waiting;
    this.waiting = [];
    this.scheduled = false;
    this.deliver(all);
  }
}

/** Hidden pages get no frames, but should stay up to date. */
function nextFrame(work: () => void): void {
  if (document.visibilityState === 'visible') {
    requestAnimationFrame(work);
  } else {
    setTimeout(work, 50);
  }
}
