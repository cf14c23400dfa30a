import type { Person, Role } from '../src/client/protocol';
import { ACTS } from './fake-acts';
import { FakeRoom } from './fake-room';
import { INVITES } from './fake-invites';
import { closed, founded, MEMBERSHIP, reterm } from './fake-membership';
import { admitted, MODERATION, written } from './fake-moderation';
import { PEOPLE } from './fake-people';
import { current, PICKS } from './fake-picks';
import { search } from './fake-search';
import { READING } from './fake-reading';
import { followed, FOLLOWING } from './fake-following';
import { rooted, unfold } from './fake-threads';
import type { FakeServer, FakeSocket } from './fake-server';

/** What the server says no with. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    text: string,
  ) {
    super(text);
  }
}

export type Body = Record<string, unknown>;
export type Command = (server: FakeServer, user: Person, body: Body, session: string) => object;

const COMMANDS: Record<string, Command> = {
  ...PEOPLE,
  ...PICKS,
  ...ACTS,
  ...MODERATION,
  ...INVITES,
  ...MEMBERSHIP,
  'search.messages': search,
  ...READING,
  ...FOLLOWING,
  'rooms.list': (server, user, body) => ({
    rooms: [...server.rooms.values()]
      .filter((room) => (body.discover ? room.type === 'public' : room.members.has(user.id)))
      .filter((room) => room.name.toLowerCase().includes(text(body, 'query').toLowerCase()))
      .map((room) => room.view(user.id)),
  }),
  'rooms.get': (server, user, body) => {
    const found = room(server, body);
    admitted(found, user.id);
    return found.view(user.id);
  },
  'rooms.create': (server, user, body) => {
    const made = new FakeRoom(
      body.type === 'private' ? 'private' : 'public',
      text(body, 'name'),
      text(body, 'description'),
      user,
    );
    founded(made, body);
    server.rooms.set(made.id, made);
    server.tell(`user.${user.id}`, { kind: 'room.added', seq: 1, body: { room: made.id } });
    return made.view(user.id);
  },
  'rooms.join': (server, user, body) => {
    const joined = room(server, body);
    admitted(joined, user.id);
    closed(joined, user.id);
    server.deliver(joined, joined.join(user));
    return joined.view(user.id);
  },
  'rooms.leave': (server, user, body) => {
    const left = room(server, body);
    if (left.members.size > 1) keepOwner(left, user.id);
    server.deliver(left, left.leave(user));
    server.tell(`user.${user.id}`, { kind: 'room.removed', seq: 2, body: { room: left.id } });
    return {};
  },
  'rooms.members': (server, _user, body) => ({ members: [...room(server, body).members.values()] }),
  'rooms.role': (server, user, body) => {
    const target = managed(server, user, body);
    const role = text(body, 'role') as Role;
    if (role !== 'owner') keepOwner(target, text(body, 'user'));
    server.deliver(target, target.give(user, text(body, 'user'), role));
    return {};
  },
  'rooms.update': (server, user, body) => {
    const target = managed(server, user, body);
    const { name, description, slowMode } = body as {
      name?: string;
      description?: string;
      slowMode?: number;
    };
    const taken = [...server.rooms.values()].some((one) => one !== target && one.name === name);
    if (taken) throw new Refusal(4092, 'ALREADY_EXISTS field=name: there is one of this name');
    target
      .update(user, name, description, slowMode)
      .forEach((entry) => server.deliver(target, entry));
    reterm(server, user, target, body);
    return target.view(user.id);
  },
  'rooms.direct': (server, user, body) => {
    const other = server.accounts.get(text(body, 'user'));
    if (!other) throw new Refusal(4040, 'NOT_FOUND: there is no such user');
    if (server.between(user.id, other.id)) {
      throw new Refusal(4030, 'FORBIDDEN: you cannot reach this person');
    }
    const pair = (one: FakeRoom) =>
      one.type === 'direct' && one.members.has(user.id) && one.members.has(other.id);
    let direct = [...server.rooms.values()].find(pair);
    if (!direct) {
      direct = new FakeRoom('direct', '', '', user);
      direct.join(other);
      server.rooms.set(direct.id, direct);
      server.tell(`user.${other.id}`, { kind: 'room.added', seq: 1, body: { room: direct.id } });
    }
    return direct.view(user.id);
  },
  'sessions.list': (server, user, _body, current) => ({
    sessions: [...server.sessions.values()]
      .filter((session) => session.user === user.id)
      .map(({ id, device, at }) => ({
        id,
        device,
        address: '127.0.0.1',
        createdAt: at,
        usedAt: at,
        expiresAt: at,
        current: id === current,
      })),
  }),
  'sessions.revoke': (server, user, body) => {
    server.end(({ id, user: owner }) => owner === user.id && id === body.session);
    return {};
  },
  'sessions.revokeAll': (server, user, body, current) => ({
    count: server.end(
      ({ id, user: owner }) => owner === user.id && !(body.keepCurrent === true && id === current),
    ),
  }),
  'messages.post': (server, user, body) => {
    const target = room(server, body);
    if (!target.members.has(user.id)) throw new Refusal(4031, 'NOT_MEMBER: join it first');
    if (
      target.type === 'direct' &&
      server.between(...([...target.members.keys()] as [string, string]))
    ) {
      throw new Refusal(4030, 'FORBIDDEN: nothing can be sent in this conversation any more');
    }
    const again = target.entries.some((entry) => entry.cid === body.cid);
    if (!again) written(target, user.id);
    const stood = target.head;
    const { replyTo, mentions, mentionsRoom } = body;
    const more = {
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(mentions ? { mentions } : {}),
      ...(mentionsRoom ? { mentionsRoom } : {}),
    };
    const answered = target.entries.find((one) => one.seq === replyTo);
    if (replyTo !== undefined && answered?.kind !== 'message') {
      throw new Refusal(4000, 'INVALID field=replyTo: must be the seq of a message of this room');
    }
    const thread = rooted(target, body.thread);
    const entry = server.post(target, user, text(body, 'text'), text(body, 'cid'), more, thread);
    if (entry.seq > stood) followed(server, target, entry);
    return { ...entry, room: target.id, duplicate: entry.seq <= stood };
  },
  'messages.history': (server, user, body) => history(room(server, body), body, user.id),
  'messages.thread': unfold,
  'messages.sync': (server, _user, body) => {
    const log = room(server, body);
    const from = log.position(text(body, 'cursor'));
    const limit = Math.min(Number(body.limit ?? 50), 50);
    const entries = from === undefined ? [] : log.entries.slice(from, from + limit);
    const more = from !== undefined && from + limit < log.head;
    return { entries, more, reset: from === undefined, head: head(log) };
  },
  'messages.typing': (server, user, body) => {
    const address = `room.${room(server, body).id}`;
    server.tell(address, { kind: 'typing', users: [user.id] });
    return {};
  },
};

/** Runs a command; throws a refusal. */
export function answer(
  server: FakeServer,
  { user, session }: FakeSocket,
  name: string,
  body: Body,
): object {
  if (!user) throw new Refusal(4010, 'UNAUTHENTICATED: say who you are first');
  const command = COMMANDS[name];
  if (!command) throw new Refusal(4000, `INVALID field=address: there is no ${name}`);
  return command(server, user, body, session ?? '');
}

export function room(server: FakeServer, body: Body): FakeRoom {
  const found = server.rooms.get(text(body, 'room'));
  if (!found) throw new Refusal(4040, 'NOT_FOUND: there is no such room');
  return found;
}

/** A room in which somebody may change things; finer than that only the server is. */
export function managed(server: FakeServer, user: Person, body: Body): FakeRoom {
  const found = room(server, body);
  const { role } = found.members.get(user.id) ?? {};
  if (role !== 'owner' && role !== 'admin')
    throw new Refusal(4030, 'FORBIDDEN: not with your role');
  return found;
}

function keepOwner(log: FakeRoom, user: string): void {
  const owners = [...log.members.values()].filter((one) => one.role === 'owner');
  if (owners.length === 1 && owners[0]?.id === user) {
    throw new Refusal(4090, 'CONFLICT rule=lastOwner: give somebody else the role of owner first');
  }
}

function history(log: FakeRoom, body: Body, viewer: string): object {
  const limit = Number(body.limit ?? 50);
  const visible = log.entries
    .filter((entry) => !['edit', 'delete', 'unpin', 'react', 'unreact'].includes(entry.kind))
    .filter((entry) => entry.thread === undefined)
    .map((entry) => current(log, entry, viewer));
  let from = visible.length - limit;
  if (typeof body.before === 'number') {
    from = visible.filter((entry) => entry.seq < (body.before as number)).length - limit;
  }
  if (typeof body.after === 'number') {
    from = visible.filter((entry) => entry.seq <= (body.after as number)).length;
  }
  if (typeof body.around === 'number') {
    from = visible.filter((entry) => entry.seq < (body.around as number)).length - limit / 2;
  }
  const start = Math.max(0, Math.floor(from));
  const end = Math.max(0, Math.floor(from) + limit);
  const entries = visible.slice(start, end);
  return { entries, older: start > 0, newer: end < visible.length, asOf: head(log) };
}

function head(log: FakeRoom): object {
  const n = log.entries.filter((entry) => entry.kind === 'message' && !entry.thread).length;
  return { seq: log.head, n, cursor: log.cursor() };
}

export function text(body: Body, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}
