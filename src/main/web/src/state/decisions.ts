import type { Signal } from '@preact/signals';

/** What is known of a list, by id; nothing until it has been read. */
export type Known<T> = ReadonlyMap<string, T> | undefined;

/** Decisions about the entries of a list. Each shows at once; in the end it is as the server has said last. */
export class Decisions<T> {
  private readonly open = new Map<string, { last: number; so: T | undefined }>();

  constructor(private readonly known: Signal<Known<T>>) {}

  /**
   * @param next what the entry is to be; nothing for none
   * @param ask tells the server, and then what it has become there; asked in the order of the decisions
   */
  async decide(id: string, next: T | undefined, ask: () => Promise<T | undefined>): Promise<void> {
    const open = this.open.get(id) ?? { last: 0, so: this.known.peek()?.get(id) };
    const own = ++open.last;
    this.open.set(id, open);
    this.put(id, next);
    try {
      open.so = await ask();
    } finally {
      if (own === open.last) {
        this.open.delete(id);
        this.put(id, open.so);
      }
    }
  }

  /** Where nothing is known yet there is nothing to change. */
  private put(id: string, value: T | undefined): void {
    if (this.known.value) {
      const next = new Map(this.known.value);
      if (value === undefined) next.delete(id);
      else next.set(id, value);
      this.known.value = next;
    }
  }
}
