import { signal } from '@preact/signals';
import { Failure } from '../client/failure';
import { uuidv7 } from '../client/ids';
import type { Acts } from './acts';
import { keyOf } from './ahead';
import { memory } from './browser';
import { mentioning, type Candidate } from './mentioning';
import type { Message, RoomState } from './room';

/** Other words for a message, as far as they are. */
export interface Edit {
  room: string;
  seq: number;
  text: string;
  /** Whom it mentions of those who were picked for it, in the message or since. */
  picked: { current: readonly Candidate[] };
  busy: boolean;
  /** Why the server did not take it. */
  failure: Failure | undefined;
  /** What was tried last: the same again is the same deed. */
  tried: { what: string; cid: string } | undefined;
}

type Kept = [seq: number, text: string, picked: Candidate[]][];

/** Messages of one's own that are being put in other words. What is begun is kept, for each, until it is saved. */
export class Editing {
  readonly open = signal<ReadonlyMap<string, Edit>>(new Map());
  /** The one that was begun last, until its field has the focus. */
  readonly begun = signal<string | undefined>(undefined);
  private readonly resumed = new Set<string>();

  constructor(
    private readonly acts: Acts,
    private readonly user: string,
  ) {}

  /** Goes on where it was left, if it was. */
  begin(room: string, said: Message, picked: readonly Candidate[]): void {
    const key = keyOf(room, said.seq);
    if (!this.open.peek().has(key)) this.put(edit(room, said.seq, said.text, picked));
    this.begun.value = key;
  }

  write(room: string, seq: number, text: string): void {
    const now = this.find(room, seq);
    if (now && !now.busy) this.put({ ...now, text, failure: undefined });
  }

  /** Closes it without a change. */
  cancel(room: string, seq: number): void {
    const rest = new Map(this.open.peek());
    rest.delete(keyOf(room, seq));
    this.open.value = rest;
    this.remember(room);
  }

  /** Saves it; tells whether it is. What says so already is left alone. */
  async save(room: string, said: Message): Promise<boolean> {
    const now = this.find(room, said.seq);
    const text = now?.text.trim() ?? '';
    if (!now || now.busy || text === '') {
      return false;
    }
    if (text === said.text) {
      this.cancel(room, said.seq);
      return true;
    }
    const whom = mentioning(text, now.picked.current);
    const what = JSON.stringify([text, whom]);
    const tried = now.tried?.what === what ? now.tried : { what, cid: uuidv7() };
    this.put({ ...now, busy: true, failure: undefined, tried });
    try {
      await this.acts.edit(room, said.seq, text, whom, tried.cid);
      this.cancel(room, said.seq);
      return true;
    } catch (thrown) {
      const then = this.find(room, said.seq);
      if (then) this.put({ ...then, busy: false, failure: Failure.from(thrown) });
      return false;
    }
  }

  /** Takes up what was begun in a room before the page was loaded anew. */
  resume(room: string): void {
    if (this.resumed.has(room)) {
      return;
    }
    this.resumed.add(room);
    const next = new Map(this.open.peek());
    for (const [seq, text, picked] of this.kept(room)) {
      const key = keyOf(room, seq);
      if (!next.has(key)) next.set(key, edit(room, seq, text, picked));
    }
    if (next.size > this.open.peek().size) this.open.value = next;
  }

  private find(room: string, seq: number): Edit | undefined {
    return this.open.peek().get(keyOf(room, seq));
  }

  private put(next: Edit): void {
    this.open.value = new Map(this.open.peek()).set(keyOf(next.room, next.seq), next);
    this.remember(next.room);
  }

  private kept(room: string): Kept {
    try {
      return JSON.parse(memory.get(this.name(room)) ?? '[]') as Kept;
    } catch {
      return [];
    }
  }

  private remember(room: string): void {
    const here = [...this.open.peek().values()].filter((one) => one.room === room);
    const kept = here.map(({ seq, text, picked }) => [seq, text, picked.current]);
    memory.set(this.name(room), kept.length === 0 ? undefined : JSON.stringify(kept));
  }

  /** Among the drafts, so that it goes when they go. */
  private name(room: string): string {
    return `parley.draft.${this.user}.${room}.edits`;
  }
}

function edit(room: string, seq: number, text: string, picked: readonly Candidate[]): Edit {
  const box = { current: picked };
  return { room, seq, text, picked: box, busy: false, failure: undefined, tried: undefined };
}

/** Whether somebody may put a message in other words. What was said first elsewhere is another's. */
export function editable(said: Message, me: string): boolean {
  return said.author.id === me && !said.deleted && said.forwarded === undefined;
}

/** The last thing one said oneself, where the end of what was said is at hand. */
export function lastOwn(
  { items, newer }: Pick<RoomState['timeline'], 'items' | 'newer'>,
  me: string,
  shown: (said: Message) => Message,
) {
  const mine = items.findLast((one) => one.is === 'message' && editable(shown(one), me));
  return newer || mine?.is !== 'message' ? undefined : mine;
}
