import { batch, effect, signal, type Signal } from '@preact/signals';
import { Client, type Renewing } from '../client/client';
import type { ConnectionState } from '../client/connection';
import { Failure } from '../client/failure';
import type { NewRoom } from '../client/membership';
import { OwnData } from '../client/own-data';
import { DELETED, type PersonSeen } from '../client/people';
import type { Device, Member, Opened, Person, RoomView } from '../client/protocol';
import type { Account } from '../client/session';
import type { Transport } from '../client/wire';
import { Acts } from './acts';
import { Circle } from './circle';
import { Finding } from './finding';
import { Inbox } from './inbox';
import { Keeping } from './keeping';
import type { Keepsakes } from './keepsakes';
import type { Lost } from './lost';
import { Managing } from './managing';
import { Membership } from './membership';
import { Outbox, type Tabs } from './outbox';
import type { OutboxStore } from './outbox-store';
import { OwnProfile } from './own-profile';
import { People } from './people';
import { Picks } from './picks';
import { Presence } from './presence';
import { Reader } from './reader';
import { Rooms } from './rooms';
import { Threads } from './threads';
import { Typing } from './typing';

export interface Surroundings {
  transports: readonly Transport[];
  tokens: Renewing;
  outbox: OutboxStore;
  keepsakes: Keepsakes;
  tabs: Tabs;
  /** Runs work with the next frame of the screen. */
  soon?: (work: () => void) => void;
}

/** Everything that exists while somebody is signed in. */
export class Home {
  readonly client: Client;
  readonly rooms: Rooms;
  readonly managing: Managing;
  readonly membership: Membership;
  readonly picks: Picks;
  readonly acts: Acts;
  readonly threads: Threads;
  readonly outbox: Outbox;
  readonly typing: Typing;
  readonly reader: Reader;
  readonly people: People;
  readonly presence: Presence;
  readonly circle: Circle;
  readonly profile: OwnProfile;
  readonly data: OwnData;
  readonly finding: Finding;
  /** Oneself, with what others are not told. */
  readonly self: Signal<Account>;
  /** The e-mail address that becomes one's own when it is proved. */
  readonly pending = signal<string | undefined>(undefined);
  /** Whether this server sends mails, as far as it has said. */
  readonly mails = signal(false);
  readonly connection = signal<ConnectionState>({ is: 'idle' });
  readonly limits = signal({ codePoints: 8_000, bytes: 32 * 1024 });
  /** The room that one was removed from last. */
  readonly lost = signal<Lost | undefined>(undefined);

  private unlisted = false;
  private readonly keeping: Keeping;
  private readonly effects: (() => void)[];

  constructor(
    me: Account,
    private readonly around: Surroundings,
    ended: (failure: Failure) => void,
  ) {
    this.self = signal(me);
    const inbox = new Inbox<() => void>(
      (all) => batch(() => all.forEach((work) => work())),
      around.soon,
    );
    this.client = new Client(around.transports, around.tokens, {
      state: (state) => {
        this.connection.value = state;
        if (state.is !== 'open') this.presence.lost();
        if (state.is === 'ended') ended(state.failure);
      },
      opened: (answer) => this.opened(answer),
      presence: (news) => this.presence.heard(news),
    });
    this.presence = new Presence(this.client, me.id);
    this.people = new People((user) => this.client.read('users.get', { user }));
    this.people.learn([me]);
    this.circle = new Circle(this.client);
    this.profile = new OwnProfile(this.client, ({ name }) =>
      this.learn({ ...this.self.peek(), name }),
    );
    this.data = new OwnData(around.tokens);
    this.finding = new Finding(this.client, this.people);
    this.typing = new Typing((room) => {
      if (this.client.connected) this.quietly(this.client.call('messages.typing', { room }));
    });
    this.outbox = new Outbox(
      me.id,
      around.outbox,
      (post) => this.client.call('messages.post', post),
      around.tabs,
    );
    this.rooms = new Rooms(this.client, me.id, inbox, {
      listening: () => this.list(),
      receipt: (room, note) => this.reader.receipts.heard(room, note),
      setBack: (room) => this.reader.hold(room),
      typing: (room, users) =>
        this.typing.heard(
          room,
          users.filter((user) => user !== me.id),
        ),
      said: (room, entry) => {
        this.people.learn([entry.author]);
        if (entry.author) this.typing.done(room, entry.author.id);
        if (entry.author?.id !== me.id) this.reader.came(room, entry);
        else if (entry.cid !== undefined) this.outbox.said(entry.cid);
      },
      gone: (room, failure) => {
        // The room's own log and one's own tell the same, in whatever order: the first one counts.
        const again = this.lost.peek()?.room === room && this.rooms.get(room) === undefined;
        // Whoever was only remembered to be in a room has not been moved out of it before their eyes.
        const deleted = failure?.reason === 'GONE' ? this.rooms.get(room)?.peek().name : undefined;
        const ended = deleted !== undefined || failure?.reason === 'BANNED';
        const stays = ended || !this.rooms.listed.peek();
        if (!again) this.lost.value = { room, stays, deleted };
        this.rooms.remove(room);
        this.threads.following.gone(room);
      },
      thread: (told) => this.threads.following.take(told),
      ahead: (room, seq) => this.reader.ahead(room, seq),
      requested: (told) => this.membership.told(told),
    });
    this.membership = new Membership(this.client, this.rooms);
    this.reader = new Reader(this.client, this.rooms, me.id);
    this.managing = new Managing(this.client, this.rooms);
    this.picks = new Picks(this.client, this.rooms, me.id);
    this.keeping = new Keeping((rooms) => this.quietly(around.keepsakes.keep(me.id, rooms)));
    this.acts = new Acts(this.client, this.rooms, me.id);
    this.threads = new Threads(this.client, this.rooms);
    this.effects = [
      effect(() => this.dropConfirmed()),
      effect(() => this.keeping.later(this.rooms.order.value.map((room) => room.value))),
    ];
  }

  get me(): Account {
    return this.self.value;
  }

  /** One is called something else now, or known by something else. */
  learn(account: Account): void {
    this.self.value = account;
    if (account.email === this.pending.peek()) this.pending.value = undefined;
    this.people.learn([account]);
  }

  async start(): Promise<void> {
    const recalled = await this.around.keepsakes.recall(this.me.id).catch(() => []);
    this.rooms.recall(recalled);
    this.rooms.followOwn();
    recalled.forEach((room) => this.rooms.follow(room.id));
    this.client.start();
    await this.outbox.restore().catch(() => undefined);
  }

  stop(): void {
    this.acts.stop();
    this.effects.forEach((end) => end());
    this.keeping.stop();
    this.profile.stop();
    this.typing.clear();
    this.reader.stop();
    this.rooms.stop();
    this.outbox.stop();
    this.client.stop();
  }

  async create(...[name, description, type, terms]: NewRoom): Promise<string> {
    const wanted = { name, description, type, ...terms };
    return this.enter(await this.client.call('rooms.create', wanted));
  }

  async join(room: string): Promise<string> {
    return this.enter(await this.client.read('rooms.join', { room }));
  }

  async direct(user: string): Promise<string> {
    return this.enter(await this.client.read('rooms.direct', { user }));
  }

  async leave(room: string): Promise<void> {
    await this.client.read('rooms.leave', { room });
    this.rooms.remove(room);
  }

  async discover(query: string): Promise<RoomView[]> {
    return (await this.client.read('rooms.list', { discover: true, query, limit: 50 })).rooms;
  }

  async find(query: string, after?: string): Promise<{ users: Person[]; next?: string }> {
    const page = await this.client.read('users.search', { query, limit: 50, after });
    this.people.learn(page.users);
    return page;
  }

  /** Somebody as they are now. */
  async look(user: string): Promise<PersonSeen> {
    try {
      const person = await this.client.read('users.get', { user });
      this.people.learn([person]);
      return person;
    } catch (thrown) {
      const gone = Failure.from(thrown).reason === 'NOT_FOUND';
      if (gone) this.people.learn([{ id: user, name: DELETED }]);
      throw thrown;
    }
  }

  async members(room: string, after?: string): Promise<{ members: Member[]; next?: string }> {
    const page = await this.client.read('rooms.members', { room, limit: 100, after });
    this.people.learn(page.members);
    return page;
  }

  /** Where one is signed in, the last used first. */
  async devices(): Promise<Device[]> {
    return (await this.client.read('sessions.list', {})).sessions;
  }

  /** Signs one device out. */
  signOutDevice(session: string): Promise<object> {
    return this.client.read('sessions.revoke', { session });
  }

  /** Signs all other devices out; tells how many that were. */
  async signOutOthers(): Promise<number> {
    return (await this.client.read('sessions.revokeAll', { keepCurrent: true })).count;
  }

  /** Somebody looks at the page again. */
  wake(): void {
    this.client.wake();
    this.circle.refresh();
  }

  /** Remembers the rooms as they are for the next visit; when the page is about to go. */
  keep(): void {
    this.keeping.now(this.rooms.order.peek().map((room) => room.peek()));
  }

  private enter(view: RoomView): string {
    this.rooms.put(view);
    this.rooms.follow(view.id);
    return view.id;
  }

  private opened(answer: Opened): void {
    const { messageCodePoints, messageBytes } = answer.limits ?? {};
    this.mails.value = answer.server?.mails ?? false;
    this.limits.value = {
      codePoints: Number(messageCodePoints) || this.limits.value.codePoints,
      bytes: Number(messageBytes) || this.limits.value.bytes,
    };
    this.presence.opened();
    this.outbox.go();
    this.acts.resume();
    this.circle.refresh();
    this.unlisted = true;
    this.reader.send();
  }

  /** Once on each connection, and not before hints are heard: one between the two would be missed. */
  private list(): void {
    if (!this.unlisted) return;
    this.unlisted = false;
    this.quietly(this.rooms.list().then(() => this.reader.listed()));
    this.quietly(this.threads.following.list());
  }

  private dropConfirmed(): void {
    for (const { room, seq } of this.outbox.parcels.value) {
      const reached = seq === undefined ? undefined : this.rooms.get(room)?.value.seq;
      if (reached !== undefined) this.outbox.reached(room, reached);
    }
  }

  /** For what may fail without harm: it comes again, or does not matter any more. */
  private quietly(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}
