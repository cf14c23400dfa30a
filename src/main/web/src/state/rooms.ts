import { batch, computed, signal, type Signal } from '@preact/signals';
import type { Client } from '../client/client';
import type { HeadHint, ReadOn, RoomView } from '../client/protocol';
import type { Marked } from '../client/reading';
import { Feed } from './feed';
import { Followed } from './followed';
import type { Inbox } from './inbox';
import { followOwn } from './own-log';
import { after, before, opened, trimmed } from './pages';
import {
  covers,
  fromView,
  hint,
  inOrder,
  markRead,
  mentions,
  readOn,
  setBack,
  summed,
  wishedElsewhere,
  withView,
  woken,
  type RoomState,
} from './room';
import type { RoomsEvents } from './rooms-events';

const PAGE = 60;
const KEPT = 200;
const LISTED = 500;

/** All rooms of the person signed in, each a signal of its own. */
export class Rooms {
  readonly byId = signal<ReadonlyMap<string, Signal<RoomState>>>(new Map());
  readonly listed = signal(false);
  /** Favourites first, then the newest, and those that are archived last. */
  readonly order = computed(() =>
    [...this.byId.value.values()].sort((a, b) => inOrder(a.value, b.value)),
  );
  /** What is new in all of them, as far as one wants to be told. */
  readonly unread = computed(() =>
    this.order.value.reduce((sum, room) => sum + summed(room.value), 0),
  );
  readonly mentions = computed(() =>
    this.order.value.reduce((sum, room) => sum + mentions(room.value), 0),
  );

  private readonly feeds = new Map<string, Feed>();
  private readonly loading = new Set<string>();
  private readonly followed = new Followed({
    all: () => [...this.byId.value.values()],
    has: (id) => this.feeds.has(id),
    start: (id) => this.follow(id),
    stop: (id) => this.unfollow(id),
    open: () => this.open,
  });
  private open: string | undefined;

  constructor(
    private readonly client: Client,
    private readonly me: string,
    private readonly inbox: Inbox<() => void>,
    private readonly events: RoomsEvents,
  ) {}

  get(id: string): Signal<RoomState> | undefined {
    return this.byId.value.get(id);
  }

  /** Reads the list; on every new connection, because rooms may have come and gone meanwhile. */
  async list(): Promise<void> {
    const views: RoomView[] = [];
    let next: string | undefined;
    do {
      const page = await this.client.read('rooms.list', {
        limit: LISTED,
        ...(next === undefined ? {} : { after: next }),
      });
      views.push(...page.rooms);
      next = page.next;
    } while (next !== undefined);
    batch(() => {
      const known = new Set(views.map((view) => view.id));
      for (const id of this.byId.value.keys()) {
        if (known.has(id)) continue;
        if (id !== this.open) this.remove(id);
        else if (this.get(id)?.peek().role !== undefined) this.events.gone(id, undefined);
      }
      views.forEach((view) => this.put(view));
      this.listed.value = true;
    });
    this.followed.settle();
  }

  /** Takes in what the server says about a room; asks anew, once, when that is too old to count by. */
  put(view: RoomView, anew = false): Signal<RoomState> {
    const known = this.get(view.id);
    if (known) {
      const own = view.membership;
      if (!own) this.unfollow(view.id);
      else if (!anew && !covers(known.value, own.head)) this.look(view.id);
      const ahead = own && known.value.read > own.read && known.value.marks === (own.marks ?? 0);
      if (ahead) this.events.ahead(view.id, known.value.read);
      const next = withView(known.value, view, this.me);
      const unheard = !this.feeds.has(view.id) && next.timeline.status === 'empty';
      known.value = own && unheard ? { ...next, seq: own.head, cursor: own.cursor } : next;
      return known;
    }
    const room = signal(fromView(view, this.me));
    this.byId.value = new Map(this.byId.value).set(view.id, room);
    return room;
  }

  /** Shows rooms from an earlier visit until the server tells better. */
  recall(rooms: readonly RoomState[]): void {
    if (!this.listed.value && this.byId.value.size === 0) {
      this.byId.value = new Map(rooms.map((room) => [room.id, signal(room)]));
    }
  }

  remove(id: string): void {
    this.unfollow(id);
    const rest = new Map(this.byId.value);
    rest.delete(id);
    this.byId.value = rest;
  }

  follow(id: string): void {
    const room = this.get(id);
    if (room?.value.role === undefined || this.feeds.has(id)) {
      return;
    }
    const feed = new Feed(this.client, this.me, room, this.inbox, {
      typing: (users) => this.events.typing(id, users),
      receipt: (note) => this.events.receipt(id, note),
      said: (entry) => this.events.said(id, entry),
      reset: () => {
        if (this.open === id) void this.latest(id);
      },
      refused: (failure) => {
        this.feeds.delete(id);
        this.events.gone(id, failure);
      },
    });
    this.feeds.set(id, feed);
    feed.start();
  }

  private unfollow(id: string): void {
    this.feeds.get(id)?.stop();
    this.feeds.delete(id);
  }

  stop(): void {
    this.followed.stop();
  }

  /** A room comes to the screen. */
  async show(id: string): Promise<void> {
    this.open = id;
    const room = this.get(id) ?? this.put(await this.client.read('rooms.get', { room: id }));
    this.follow(id);
    if (room.value.timeline.status === 'empty' && room.value.role !== undefined) {
      await this.latest(id);
    }
  }

  /** A room leaves the screen; what was scrolled through need not be kept. */
  hide(id: string): void {
    if (this.open === id) this.open = undefined;
    this.trim(id);
  }

  trim(id: string): void {
    this.change(id, (room) => trimmed(room, KEPT));
  }

  markRead(id: string): boolean {
    const before = this.get(id)?.value;
    this.change(id, markRead);
    return before !== this.get(id)?.value;
  }

  /** Loads the newest part of a timeline, also when another part is shown. */
  latest(id: string): Promise<void> {
    return this.page(id, {}, opened);
  }

  /** Loads the surroundings of a message. */
  around(id: string, seq: number): Promise<void> {
    return this.page(id, { around: seq }, opened);
  }

  older(id: string): Promise<void> {
    const { older, items } = this.get(id)?.value.timeline ?? { older: false, items: [] };
    const first = items[0]?.seq;
    return older && first !== undefined ? this.page(id, { before: first }, before) : noWork;
  }

  newer(id: string): Promise<void> {
    const { newer, items } = this.get(id)?.value.timeline ?? { newer: false, items: [] };
    const last = items.at(-1)?.seq;
    return newer && last !== undefined ? this.page(id, { after: last }, after) : noWork;
  }

  private async page(
    id: string,
    where: { before?: number; after?: number; around?: number },
    take: typeof opened,
  ): Promise<void> {
    const key = `${id} ${JSON.stringify(where)}`;
    if (this.loading.has(key)) {
      return;
    }
    this.loading.add(key);
    this.status(id, 'loading');
    try {
      const page = await this.client.read('messages.history', { room: id, limit: PAGE, ...where });
      this.change(id, (room) => take(room, page, this.me));
    } catch (thrown) {
      this.status(id, 'empty');
      throw thrown;
    } finally {
      this.loading.delete(key);
    }
  }

  private status(id: string, status: 'loading' | 'empty'): void {
    this.change(id, (room) =>
      room.timeline.status === 'loaded'
        ? room
        : { ...room, timeline: { ...room.timeline, status } },
    );
  }

  /** Takes in what was learned of a room. */
  change(id: string, how: (room: RoomState) => RoomState): void {
    const room = this.get(id);
    if (room) {
      room.value = how(room.value);
    }
  }

  /** Follows what concerns the person, on whatever device it began. */
  followOwn(): void {
    followOwn(this.client, this.me, {
      listening: () => this.events.listening(),
      added: (id) => this.look(id),
      removed: (id, why) => this.events.gone(id, why),
      moved: (heads) => this.inbox.push(() => this.moved(heads)),
      read: (told) => this.inbox.push(() => this.readOn(told)),
      thread: (told) => this.inbox.push(() => this.events.thread(told)),
      wished: (told) => {
        this.change(told.room, (known) => wishedElsewhere(known, told));
        const known = this.get(told.room);
        if (known && known.value.hidden !== (told.hidden ?? false)) this.look(told.room);
      },
      requested: (told) => {
        if (this.get(told.room)) this.look(told.room);
        this.events.requested(told);
      },
      asking: ({ room, requests }) => this.change(room, (known) => ({ ...known, requests })),
    });
  }

  private readOn(told: ReadOn): void {
    const known = this.get(told.room)?.value;
    if (known && !covers(known, told.head)) this.look(told.room);
    this.change(told.room, (room) => readOn(room, told, this.me));
    const back = (told.marks ?? 0) > (known?.marks ?? 0);
    if (back && this.open === told.room) this.events.setBack(told.room);
  }

  /** One has marked a room unread. */
  setBack(marked: Marked): void {
    this.change(marked.room, (room) => setBack(room, marked, this.me));
  }

  private moved(heads: readonly HeadHint[]): void {
    heads.forEach((head) => this.change(head.room, (room) => woken(room, hint(room, head))));
    this.followed.chase();
  }

  /** Asks how a room is now. */
  look(id: string): void {
    this.client.read('rooms.get', { room: id }).then(
      (view) => {
        this.put(view, true);
        this.follow(id);
        const { role, timeline } = this.get(id)?.peek() ?? {};
        const bare = role !== undefined && timeline?.status === 'empty';
        if (this.open === id && bare) this.latest(id).catch(() => undefined);
      },
      () => undefined,
    );
  }
}

const noWork = Promise.resolve();
