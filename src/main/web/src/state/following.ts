import { batch, computed, signal } from '@preact/signals';
import type { Client } from '../client/client';
import type { Entry } from '../client/protocol';
import type { FollowedThread } from '../client/threads';
import { message, type Message } from './room';
import type { Rooms } from './rooms';
import { heard } from './wishes';

const LISTED = 100;
/** So many pages of unread threads are asked for at once: what one does oneself has to wait for each. */
const PAGES = 5;
const PAGE = 30;

/** A thread in a list. */
export interface ListedThread {
  thread: FollowedThread;
  /** What it begins with, as far as that is known. */
  root: Message | undefined;
}

type Known = ReadonlyMap<string, FollowedThread>;

/** The threads that one follows, as far as something is unread in them or they have been looked at. */
export class Following {
  readonly known = signal<Known>(new Map());
  /** How much is unread in all of them, as far as one wants to be told of their rooms. */
  readonly unread = computed(() =>
    [...this.known.value.values()]
      .filter((thread) => thread.unread > 0)
      .reduce((sum, thread) => sum + this.adds(thread), 0),
  );
  /** Whether there is more unread than was asked for. */
  readonly further = signal(false);
  /** Grows on every new connection, as soon as it is known what is unread; other lists of them may be out of date then. */
  readonly turn = signal(0);

  constructor(
    private readonly client: Client,
    private readonly rooms: Pick<Rooms, 'get'>,
  ) {}

  /** Nothing where one is not, or not any more. */
  private adds(thread: FollowedThread): number {
    const room = this.rooms.get(thread.room)?.value;
    return room ? heard(room, thread) : 0;
  }

  of(room: string, root: number): FollowedThread | undefined {
    return this.known.value.get(key(room, root));
  }

  /**
   * Asks for those in which something is unread, the liveliest of them if there are very many; on every new connection,
   * since what was told meanwhile is lost.
   */
  async list(): Promise<void> {
    const before = this.known.peek();
    const found: FollowedThread[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      const page = await this.client.read('threads.list', {
        unread: true,
        limit: LISTED,
        ...(next === undefined ? {} : { after: next }),
      });
      found.push(...page.threads);
      next = page.next;
    } while (next !== undefined && ++pages < PAGES);
    const further = next !== undefined;
    const end = further ? time(found.at(-1)) : -Infinity;
    const now = this.known.peek();
    // What would stand among them and does not has been read, and is known all the same.
    const rest = [...now].map(
      ([id, thread]) => [id, time(thread) > end ? settled(thread) : thread] as const,
    );
    // What was told while this was read is as new.
    const told = [...now].filter(([id, thread]) => before.get(id) !== thread);
    batch(() => {
      this.known.value = new Map([
        ...rest,
        ...found.map((thread) => [key(thread.room, thread.thread), thread] as const),
        ...told,
      ]);
      this.further.value = further;
      this.turn.value++;
    });
  }

  /** A page of those that one follows, the liveliest first. */
  async page(after?: string): Promise<{ items: ListedThread[]; next?: string | undefined }> {
    const { threads, roots, next } = await this.client.read('threads.list', {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    batch(() => threads.forEach((thread) => this.take(thread)));
    const shown = new Map(roots.map((entry) => [key(entry.room ?? '', entry.seq), entry] as const));
    return {
      items: threads.map((thread) => ({
        thread,
        root: rooted(shown.get(key(thread.room, thread.thread))),
      })),
      next,
    };
  }

  /** Learns how listed threads stand after an absence: what is new comes with the first page, what is gone is looked at. */
  async refresh(listed: readonly ListedThread[]): Promise<void> {
    const { items, next } = await this.page();
    const end = next === undefined ? -Infinity : time(items.at(-1)?.thread);
    const there = new Set(items.map(({ thread }) => key(thread.room, thread.thread)));
    const missing = listed
      .filter(({ thread }) => time(thread) > end && !there.has(key(thread.room, thread.thread)))
      .slice(0, PAGE);
    for (const { thread } of missing) {
      await this.look(thread.room, thread.thread).catch(() => undefined);
    }
  }

  /**
   * Threads that were listed, as they stand now, and those of which something was told since; the liveliest first.
   *
   * @param before what was known when they were asked for
   * @param more whether there are others after the last of them, which nobody has asked for yet
   */
  arranged(listed: readonly ListedThread[], before: Known, more: boolean): ListedThread[] {
    const known = this.known.value;
    const end = more ? time(listed.at(-1)?.thread) : -Infinity;
    const all = new Map<string, ListedThread>();
    for (const [id, thread] of known) {
      const told = before.get(id) !== thread;
      if (told && time(thread) >= end) all.set(id, { thread, root: undefined });
    }
    for (const { thread, root } of listed) {
      const id = key(thread.room, thread.thread);
      all.set(id, { thread: known.get(id) ?? thread, root });
    }
    return [...all.values()]
      .filter(({ thread }) => thread.following)
      .sort((a, b) => time(b.thread) - time(a.thread));
  }

  /** Asks how one thread stands. */
  async look(room: string, target: number): Promise<void> {
    this.take(await this.client.read('threads.get', { room, target }));
  }

  /** Answers whether one follows it from then on; the server may not let one follow any number. */
  async follow(room: string, target: number, follows: boolean): Promise<boolean> {
    const command = follows ? 'threads.follow' : 'threads.unfollow';
    const told = await this.client.read(command, { room, target });
    this.take(told);
    return told.following;
  }

  /**
   * One has read a thread up to a place; costs nothing where that is known, or where one does not follow. What is unread
   * after that place stays so: there is more than what has come here.
   */
  async read(room: string, target: number, seq: number): Promise<void> {
    const now = this.of(room, target);
    if (!now?.following || now.read >= seq) return;
    this.take(await this.client.read('threads.read', { room, target, seq }));
  }

  /** How a thread stands now, as the server says; what was overtaken is forgotten, and what is known is no news. */
  take(told: FollowedThread): void {
    const id = key(told.room, told.thread);
    const now = this.known.peek().get(id);
    if (now && (older(told, now) || same(told, now))) return;
    this.known.value = new Map(this.known.peek()).set(id, told);
  }

  /** One is not in a room any more. */
  gone(room: string): void {
    const rest = [...this.known.peek()].filter(([, thread]) => thread.room !== room);
    if (rest.length < this.known.peek().size) this.known.value = new Map(rest);
  }
}

/** Both only grow, as long as one follows. */
function older(told: FollowedThread, now: FollowedThread): boolean {
  return told.last < now.last || (told.following === now.following && told.read < now.read);
}

function same(told: FollowedThread, now: FollowedThread): boolean {
  const fields = Object.keys(told) as (keyof FollowedThread)[];
  return fields.every((field) => told[field] === now[field]);
}

function settled(thread: FollowedThread): FollowedThread {
  return thread.unread === 0 && thread.mentions === 0
    ? thread
    : { ...thread, unread: 0, mentions: 0 };
}

function time(thread: FollowedThread | undefined): number {
  return Date.parse(thread?.at ?? '');
}

function rooted(entry: Entry | undefined): Message | undefined {
  return entry?.kind === 'message' ? message(entry) : undefined;
}

function key(room: string, root: number): string {
  return `${room}/${root}`;
}
