import 'fake-indexeddb/auto';
import { Failure, type Reason } from '../../src/client/failure';
import { uuidv7 } from '../../src/client/ids';
import type { SignedIn } from '../../src/client/session';
import { unread, type Item, type RoomState } from '../../src/state/room';
import { Home } from '../../src/state/home';
import { Keepsakes } from '../../src/state/keepsakes';
import { OutboxStore } from '../../src/state/outbox-store';
import { until } from '../clock';
import { transport } from '../sockets';
import { PASSWORD } from './page';

/** Somebody with an account. */
export interface Owner {
  id: string;
  name: string;
  token: string;
}

/** Signs somebody up at a server. */
export async function signUp(url: string, name: string): Promise<Owner> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, username: `u${uuidv7().slice(-10)}`, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { userId, token } = (await response.json()) as SignedIn;
  return { id: userId, name, token };
}

/** The app as somebody has it on one device, without a screen. */
export class Device {
  readonly home: Home;
  /** Characters that came from the server. */
  received = 0;
  /** The room that would be on the screen. */
  open: string | undefined;
  online = true;
  private readonly deeds = new Set<Promise<void>>();
  private gone: (() => void)[] = [];
  private losses = 0;

  constructor(
    url: string,
    readonly owner: Owner,
  ) {
    const token = () => Promise.resolve(owner.token);
    const socket = transport(() => url);
    const disk = uuidv7();
    this.home = new Home(
      { id: owner.id, name: owner.name },
      {
        transports: [
          (events) =>
            socket({
              opened: () => events.opened(),
              closed: (code) => events.closed(code),
              text: (text) => {
                this.received += text.length;
                events.text(text);
              },
            }),
        ],
        tokens: { token, refresh: token, renewalDueMs: () => undefined },
        outbox: new OutboxStore(`outbox-${disk}`),
        keepsakes: new Keepsakes(`rooms-${disk}`),
        tabs: { own: disk, alive: () => Promise.resolve(new Set()), whenGone: () => undefined },
        soon: (work) => setTimeout(work, 0),
      },
      () => undefined,
    );
  }

  async start(): Promise<this> {
    await this.home.start();
    await until(() => this.home.rooms.listed.value, 20_000);
    return this;
  }

  stop(): void {
    this.home.stop();
  }

  /** Loses its network, or finds it again. */
  network(online: boolean): void {
    this.online = online;
    this.home.client.network(online);
    if (!online) {
      this.losses++;
      this.gone.splice(0).forEach((go) => go());
    }
  }

  /**
   * Does something that may be refused for one of these reasons, and for any when the network goes meanwhile; then nobody
   * waits for it.
   */
  async attempt(deed: () => Promise<unknown>, refusals: ReadonlySet<Reason>): Promise<void> {
    const before = this.losses;
    const done = deed().then(
      () => undefined,
      (thrown: unknown) => {
        if (!refusals.has(Failure.from(thrown).reason) && this.losses === before) throw thrown;
      },
    );
    const tracked = done.finally(() => this.deeds.delete(tracked));
    this.deeds.add(tracked);
    await Promise.race([tracked, new Promise<void>((go) => this.gone.push(go))]);
  }

  /** Has the network, and nothing that is still to be sent. */
  async settled(): Promise<void> {
    await until(() => this.home.client.connected, 20_000);
    await Promise.all(this.deeds);
    // In a slow room they go one by one.
    const done = () => this.home.outbox.parcels.value.every((one) => one.failure ?? one.seq);
    await until(done, 120_000);
  }

  room(id: string): RoomState | undefined {
    return this.home.rooms.get(id)?.value;
  }

  /** Those that its owner is in. */
  get rooms(): RoomState[] {
    return this.home.rooms.order.value
      .map((room) => room.value)
      .filter(({ role }) => role !== undefined);
  }

  async show(id: string): Promise<void> {
    if (this.open !== undefined && this.open !== id) this.home.rooms.hide(this.open);
    this.open = id;
    await this.home.rooms.show(id);
  }
}

/** What a person sees of a room in a list. */
export function face(room: RoomState) {
  const { id, name, description, type, memberCount, role, seq, n, read } = room;
  return { id, name, description, type, memberCount, role, seq, n, read, unread: unread(room) };
}

/** What a person sees of a timeline from a place on, without what is only bookkeeping. */
export function shown(items: readonly Item[], from = 0) {
  return items.filter(({ seq }) => seq >= from).map(seen);
}

function seen(item: Item) {
  if (item.is === 'notice') {
    const { seq, at, kind, target, role, text } = item;
    const [author, subject] = [item.author?.id, item.subject?.id];
    return { seq, at, kind, target, role, text, author, subject };
  }
  const { seq, n, id, cid, at, text, replyTo, edited, deleted, pinned, mentions, everybody } = item;
  const { thread, replies } = item;
  const words = { text, edited, mentions, everybody };
  const reactions = item.reactions.toSorted((a, b) => (a.emoji < b.emoji ? -1 : 1));
  const author = item.author.id;
  return {
    seq,
    n,
    id,
    cid,
    at,
    ...words,
    replyTo,
    thread,
    replies,
    deleted,
    pinned,
    reactions,
    author,
  };
}
