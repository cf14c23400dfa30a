import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { uuidv7 } from '../src/client/ids';
import type { OwnProfile } from '../src/client/people';
import type { Seen } from '../src/client/presence';
import type { Entry, Person } from '../src/client/protocol';
import { Failure } from '../src/client/failure';
import { answer, Refusal } from './fake-commands';
import { identify, login, register, shown, type FakeMail } from './fake-identity';
import { ownAccount } from './fake-people';
import { FakeRoom } from './fake-room';

/** One client's socket, and what it said. */
export interface FakeSocket {
  ws: WebSocket;
  user: Person | undefined;
  session: string | undefined;
  follows: Set<string>;
  frames: { type: string; address?: string; headers?: { cursor?: string }; body?: object }[];
}

export interface FakeAccount extends Person {
  email?: string;
  phoneNumber?: string;
  emailVerifiedAt?: string;
  password: string;
  profile: Pick<OwnProfile, 'about' | 'lastSeenFor' | 'photoFor' | 'notifications'>;
  contacts: Map<string, string | undefined>;
  blocked: Set<string>;
}

/** One device that is signed in. */
export interface FakeSession {
  id: string;
  user: string;
  device: string;
  at: string;
}

/**
 * A server in memory that speaks the protocol of the real one, for development and tests, with handles to be cruel: it
 * can fall silent, refuse, and forget.
 */
export class FakeServer {
  readonly rooms = new Map<string, FakeRoom>();
  readonly accounts = new Map<string, FakeAccount>();
  readonly sockets: FakeSocket[] = [];
  readonly general: FakeRoom;
  /** How many entries a registration brings at most. */
  backlog = 300;
  tokenSeconds = 900;
  /** How far its clock is ahead of the one of whoever visits. */
  clockMs = 0;
  /** Entries and answers are dropped instead of sent. */
  silent = false;
  /** Whoever registers for their own log is not told that they hear it. */
  slow = false;
  /** Run before each command; throw to refuse it, answer false to say nothing. */
  before: (command: string, body: Record<string, unknown>) => boolean = () => true;
  refreshes = 0;
  /** Whether mails are sent, and those that were. */
  mails = true;
  readonly sent: FakeMail[] = [];
  /** How people are; whoever is not in it is offline. */
  readonly presences = new Map<string, Partial<Seen>>();
  presenceKnown = true;
  watches = 0;
  readonly sessions = new Map<string, FakeSession>();
  /** The session of each access token, and of each cookie. */
  private readonly tokens = new Map<string, { session: string; until: number }>();
  private readonly cookies = new Map<string, string>();
  private readonly http: Server;

  constructor() {
    this.general = new FakeRoom('public', 'general', '', { id: uuidv7(), name: 'Parley' });
    this.rooms.set(this.general.id, this.general);
    this.http = createServer((request, response) => void this.rest(request, response));
    new WebSocketServer({ server: this.http, path: '/eventbus/websocket' }).on('connection', (ws) =>
      this.connected(ws),
    );
  }

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.sockets.forEach(({ ws }) => ws.terminate());
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  account(name: string, identifier = name.toLowerCase(), password = 'correct horse'): FakeAccount {
    return this.add({ id: uuidv7(), name, username: identifier, password });
  }

  add(person: Omit<FakeAccount, 'profile' | 'contacts' | 'blocked'>): FakeAccount {
    const account: FakeAccount = {
      ...person,
      profile: {
        about: '',
        lastSeenFor: 'everyone',
        photoFor: 'everyone',
        notifications: 'mentions',
      },
      contacts: new Map(),
      blocked: new Set(),
    };
    this.accounts.set(account.id, account);
    this.deliver(this.general, this.general.join(account));
    return account;
  }

  /** Whether one of these has blocked the other. */
  between(one: string, other: string): boolean {
    const blocks = (a: string, b: string) => this.accounts.get(a)?.blocked.has(b) ?? false;
    return blocks(one, other) || blocks(other, one);
  }

  /** Signs somebody in, or goes on with a session. */
  token(user: string, session = this.begin(user, 'somewhere')): string {
    const token = uuidv7();
    this.tokens.set(token, { session, until: Date.now() + this.tokenSeconds * 1000 });
    return token;
  }

  begin(user: string, device: string): string {
    const id = uuidv7();
    this.sessions.set(id, { id, user, device, at: new Date().toISOString() });
    return id;
  }

  /** Ends sessions; tells how many. */
  end(which: (session: FakeSession) => boolean): number {
    const over = [...this.sessions.values()].filter(which).map(({ id }) => id);
    over.forEach((id) => this.sessions.delete(id));
    this.sockets
      .filter(({ session }) => over.includes(session ?? ''))
      .forEach(({ ws }) => ws.close(4403));
    return over.length;
  }

  revoke(user: string): void {
    this.end((session) => session.user === user);
  }

  post(
    room: FakeRoom,
    author: Person,
    text: string,
    cid = uuidv7(),
    more: object = {},
    thread?: number,
  ): Entry {
    const { entry, duplicate } = room.post(author, text, cid, more, thread);
    if (!duplicate) this.deliver(room, entry);
    return entry;
  }

  /** Sends an entry to everyone who follows the room. */
  deliver(room: FakeRoom, entry: Entry | undefined): void {
    if (entry) {
      this.tell(`room.${room.id}`, entry);
      this.hint(room, entry);
      if (entry.kind === 'ban' || entry.kind === 'kick' || entry.kind === 'end') {
        this.expel(room, entry);
      }
    }
  }

  /** Whom an entry takes out of the room hears no more of it. */
  private expel(room: FakeRoom, entry: Entry): void {
    const address = `room.${room.id}`;
    const concerned = (entry.body as { user?: Person }).user?.id;
    const theirs = this.sockets.filter(
      ({ user, follows }) =>
        (concerned === undefined || user?.id === concerned) && follows.has(address),
    );
    const why =
      concerned === undefined
        ? new Refusal(4100, 'GONE: this room was deleted')
        : new Refusal(4031, 'NOT_MEMBER: you are no longer a member');
    for (const socket of theirs) {
      socket.follows.delete(address);
      this.refuse(socket, address, why);
    }
  }

  private hint(room: FakeRoom, { seq, n, at }: Entry): void {
    const body = { rooms: [{ room: room.id, head: seq, n, at }] };
    for (const user of room.members.keys()) {
      this.tell(`user.${user}`, { kind: 'heads', user, body });
    }
  }

  tell(address: string, body: object): void {
    this.sockets
      .filter((socket) => socket.follows.has(address))
      .forEach((socket) => this.send(socket, { type: 'rec', address, body }));
  }

  send(socket: FakeSocket, frame: object): void {
    if (!this.silent) socket.ws.send(JSON.stringify(frame));
  }

  private connected(ws: WebSocket): void {
    const follows = new Set<string>();
    const socket: FakeSocket = { ws, user: undefined, session: undefined, follows, frames: [] };
    this.sockets.push(socket);
    ws.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as FakeSocket['frames'][0] & {
        replyAddress?: string;
      };
      socket.frames.push(frame);
      if (frame.type === 'ping') this.send(socket, { type: 'pong' });
      if (frame.type === 'send') this.command(socket, frame);
      if (frame.type === 'register') this.register(socket, frame.address ?? '', frame.headers);
      if (frame.type === 'unregister') socket.follows.delete(frame.address ?? '');
    });
    ws.on('close', () => {
      socket.follows.clear();
      this.sockets.splice(this.sockets.indexOf(socket), 1);
    });
  }

  private command(
    socket: FakeSocket,
    frame: { address?: string; replyAddress?: string; body?: object },
  ): void {
    const name = frame.address ?? '';
    const body = (frame.body ?? {}) as Record<string, unknown>;
    try {
      if (!this.before(name, body)) return;
      const result = name.startsWith('session.')
        ? this.session(socket, String(body.token))
        : answer(this, socket, name, body);
      this.send(socket, { type: 'rec', address: frame.replyAddress, body: result });
    } catch (thrown) {
      this.refuse(socket, frame.replyAddress, thrown);
    }
  }

  private session(socket: FakeSocket, token: string): object {
    const { session: id, until } = this.tokens.get(token) ?? {};
    if (id === undefined || until === undefined)
      throw new Refusal(4010, 'UNAUTHENTICATED: who is this?');
    const user = this.accounts.get(this.sessions.get(id)?.user ?? '');
    if (!user) throw new Refusal(4012, 'SESSION_REVOKED: the session has ended');
    socket.user = user;
    socket.session = id;
    const { name } = user;
    const server = { mails: this.mails };
    return {
      user: { id: user.id, name },
      session: id,
      expiresAt: new Date(until + this.clockMs).toISOString(),
      limits: { messageCodePoints: 8000 },
      server,
    };
  }

  private register(socket: FakeSocket, address: string, headers?: { cursor?: string }): void {
    const room = this.rooms.get(address.slice('room.'.length));
    socket.follows.add(address);
    if (!room) {
      const body = { kind: 'ready', head: 0, cursor: 'u:0', complete: true };
      if (!this.slow) this.send(socket, { type: 'rec', address, body });
      return;
    }
    if (!room.members.has(socket.user?.id ?? '')) {
      socket.follows.delete(address);
      if (room.bans.has(socket.user?.id ?? '')) {
        this.refuse(socket, address, new Refusal(4032, 'BANNED: you are banned from this room'));
        return;
      }
      this.refuse(socket, address, new Refusal(4031, 'NOT_MEMBER: only members may'));
      return;
    }
    const from = headers?.cursor === undefined ? room.head : room.position(headers.cursor);
    const missed = room.entries.slice(from ?? room.head);
    const complete = missed.length <= this.backlog;
    for (const entry of complete ? missed : []) {
      this.send(socket, { type: 'rec', address, body: entry });
    }
    const news = { kind: 'ready', head: room.head, cursor: room.cursor(), complete };
    const body = from === undefined ? { ...news, reset: true } : news;
    this.send(socket, { type: 'rec', address, body });
  }

  private refuse(socket: FakeSocket, address: string | undefined, thrown: unknown): void {
    const refusal = thrown instanceof Refusal ? thrown : new Refusal(5000, 'INTERNAL: oh');
    this.send(socket, {
      type: 'err',
      address,
      failureCode: refusal.code,
      failureType: 'RECIPIENT_FAILURE',
      message: refusal.message,
    });
  }

  private async rest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const body = (text ? JSON.parse(text) : {}) as Record<string, string>;
    const cookie = /parley=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const path = `${request.method ?? ''} ${request.url ?? ''}`;
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const bearer = this.tokens.get(token)?.session;
    try {
      if (path === 'POST /api/auth/logout') {
        const over = bearer ?? this.cookies.get(cookie);
        this.end(({ id }) => id === over);
        response.writeHead(204, cookie ? { 'set-cookie': 'parley=; Path=/' } : {}).end();
        return;
      }
      if (path === 'GET /api/me/export' || path === 'DELETE /api/me') {
        const user = this.sessions.get(bearer ?? '')?.user;
        ownAccount(this, user, request.method ?? '', body, response);
        return;
      }
      const session = this.enter(path, body, cookie, request.headers['user-agent'] ?? '');
      if (session) {
        this.cookies.delete(cookie);
        this.welcome(response, session, path.endsWith('register') ? 201 : 200);
      } else {
        const [status, reply] = identify(this, path, body, this.sessions.get(bearer ?? ''));
        const over = path === 'DELETE /api/me/sessions' && cookie;
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(over ? { 'set-cookie': 'parley=; Path=/' } : {}),
        });
        response.end(reply === undefined ? undefined : JSON.stringify(reply));
      }
    } catch (thrown) {
      const refusal = thrown instanceof Refusal ? thrown : new Refusal(5000, 'INTERNAL: oh');
      const { reason, detail, details } = Failure.parse(refusal.message);
      const status = Math.floor(refusal.code / 10);
      response.writeHead(status, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ ...details, code: reason, status, detail }));
    }
  }

  private welcome(response: ServerResponse, session: FakeSession, status: number): void {
    const next = uuidv7();
    this.cookies.set(next, session.id);
    const user = shown(this.accounts.get(session.user)!);
    response.writeHead(status, {
      'content-type': 'application/json',
      'set-cookie': `parley=${next}; Path=/api/auth; HttpOnly; SameSite=Strict`,
    });
    const token = this.token(user.id, session.id);
    const { id, name } = user;
    response.end(
      JSON.stringify({ ok: true, token, expiresIn: this.tokenSeconds, userId: id, name, user }),
    );
  }

  /** The session that begins or goes on, where that is what is asked. */
  private enter(
    path: string,
    body: Record<string, string>,
    cookie: string,
    device: string,
  ): FakeSession | undefined {
    if (path === 'POST /api/auth/refresh') {
      this.refreshes++;
      const session = this.sessions.get(this.cookies.get(cookie) ?? '');
      if (!session) throw new Refusal(4010, 'UNAUTHENTICATED: sign in again');
      return session;
    }
    let account: FakeAccount | undefined;
    if (path === 'POST /api/auth/register') account = register(this, body);
    if (path === 'POST /api/auth/login') account = login(this, body);
    return account && this.sessions.get(this.begin(account.id, device));
  }
}
