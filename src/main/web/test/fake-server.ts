import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { uuidv7 } from '../src/client/ids';
import type { Entry, Person } from '../src/client/protocol';
import { answer, Refusal } from './fake-commands';
import { FakeRoom } from './fake-room';

/** One client's socket, and what it said. */
export interface FakeSocket {
  ws: WebSocket;
  user: Person | undefined;
  follows: Set<string>;
  frames: { type: string; address?: string; headers?: { cursor?: string }; body?: object }[];
}

interface FakeAccount extends Person {
  identifier: string;
  password: string;
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
  /** Entries and answers are dropped instead of sent. */
  silent = false;
  /** Run before each command; throw to refuse it, answer false to say nothing. */
  before: (command: string, body: Record<string, unknown>) => boolean = () => true;
  refreshes = 0;
  private readonly tokens = new Map<string, string>();
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
    const account = { id: uuidv7(), name, username: identifier, identifier, password };
    this.accounts.set(account.id, account);
    this.deliver(this.general, this.general.join(account));
    return account;
  }

  token(user: string): string {
    const token = uuidv7();
    this.tokens.set(token, user);
    return token;
  }

  revoke(user: string): void {
    for (const map of [this.tokens, this.cookies]) {
      map.forEach((owner, key) => owner === user && map.delete(key));
    }
    this.sockets.filter((socket) => socket.user?.id === user).forEach(({ ws }) => ws.close(4403));
  }

  post(room: FakeRoom, author: Person, text: string, cid: string = uuidv7()): Entry {
    const { entry, duplicate } = room.post(author, text, cid);
    if (!duplicate) this.deliver(room, entry);
    return entry;
  }

  /** Sends an entry to everyone who follows the room. */
  deliver(room: FakeRoom, entry: Entry | undefined): void {
    if (entry) {
      this.tell(`room.${room.id}`, entry);
      this.hint(room, entry);
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
    const socket: FakeSocket = { ws, user: undefined, follows: new Set(), frames: [] };
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
        : answer(this, socket.user, name, body);
      this.send(socket, { type: 'rec', address: frame.replyAddress, body: result });
    } catch (thrown) {
      this.refuse(socket, frame.replyAddress, thrown);
    }
  }

  private session(socket: FakeSocket, token: string): object {
    const user = this.accounts.get(this.tokens.get(token) ?? '');
    if (!user) throw new Refusal(4010, 'UNAUTHENTICATED: who is this?');
    socket.user = user;
    return { user: { id: user.id, name: user.name }, limits: { messageCodePoints: 8000 } };
  }

  private register(socket: FakeSocket, address: string, headers?: { cursor?: string }): void {
    const room = this.rooms.get(address.slice('room.'.length));
    socket.follows.add(address);
    if (!room) {
      this.send(socket, {
        type: 'rec',
        address,
        body: { kind: 'ready', head: 0, cursor: 'u:0', complete: true },
      });
      return;
    }
    if (!room.members.has(socket.user?.id ?? '')) {
      socket.follows.delete(address);
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
    const path = request.url ?? '';
    if (path === '/api/auth/logout') {
      this.cookies.delete(cookie);
      response.writeHead(204).end();
      return;
    }
    if (path === '/api/auth/refresh') this.refreshes++;
    const account = this.enter(path, body, cookie);
    if (typeof account === 'string') {
      const code = account === 'ALREADY_EXISTS' ? 409 : 401;
      response.writeHead(code, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: account, status: code, detail: account }));
      return;
    }
    const next = uuidv7();
    this.cookies.delete(cookie);
    this.cookies.set(next, account.id);
    response.writeHead(200, {
      'content-type': 'application/json',
      'set-cookie': `parley=${next}; Path=/api/auth; HttpOnly; SameSite=Strict`,
    });
    const { id, name, username } = account;
    const user = { id, name, username, createdAt: new Date().toISOString() };
    const token = this.token(id);
    response.end(
      JSON.stringify({ ok: true, token, expiresIn: this.tokenSeconds, userId: id, name, user }),
    );
  }

  private enter(path: string, body: Record<string, string>, cookie: string): FakeAccount | string {
    const all = [...this.accounts.values()];
    if (path === '/api/auth/register') {
      const identifier = body.username ?? body.email ?? body.phoneNumber ?? '';
      return all.some((one) => one.identifier === identifier)
        ? 'ALREADY_EXISTS'
        : this.account(body.name ?? identifier, identifier, body.password ?? '');
    }
    if (path === '/api/auth/login') {
      const found = all.find((one) => one.identifier === body.identifier);
      return found && found.password === body.password ? found : 'UNAUTHENTICATED';
    }
    return this.accounts.get(this.cookies.get(cookie) ?? '') ?? 'UNAUTHENTICATED';
  }
}
