import type { Person } from '../src/client/protocol';
import { Refusal, type Body, type Command } from './fake-commands';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

/** How far people have read, as the server in memory keeps it. */
export const READING: Record<string, Command> = {
  'messages.read': (server, user, body) => {
    const room = own(server, user, body);
    const marks = room.marks.get(user.id) ?? 0;
    const seq = Math.min(Number(body.seq), room.head);
    const known = body.marks === undefined || body.marks === marks;
    if (known && seq > (room.read.get(user.id) ?? 0)) {
      room.read.set(user.id, seq);
      note(server, room, user);
      receipt(server, room, user);
    }
    return marked(room, user);
  },
  'messages.delivered': (server, user, body) => {
    const room = own(server, user, body);
    const seq = Math.min(Number(body.seq), room.head);
    if (seq > room.receipt(user.id).delivered) {
      room.delivered.set(user.id, seq);
      receipt(server, room, user);
    }
    return {};
  },
  'messages.receipts': (server, user, body) => {
    const room = own(server, user, body);
    return {
      room: room.id,
      members: room.members.size,
      own: room.receipt(user.id),
      markers: [...room.members.keys()].map((id) => room.receipt(id)),
    };
  },
  'messages.unread': (server, user, body) => {
    const room = own(server, user, body);
    const to = Math.max(Number(body.seq) - 1, room.joined.get(user.id) ?? 0);
    const before = room.read.get(user.id) ?? 0;
    if (to < before) {
      room.seen.set(user.id, Math.max(before, room.seen.get(user.id) ?? 0));
      room.read.set(user.id, to);
      room.marks.set(user.id, (room.marks.get(user.id) ?? 0) + 1);
      note(server, room, user);
    }
    return marked(room, user);
  },
  'messages.explain': (server, user, body) => {
    const room = own(server, user, body);
    const mentioning = room.mentioning(user.id);
    const unread = room.view(user.id).membership?.unread ?? 0;
    return { room: room.id, unread, mentions: mentioning.length, mentioning, entries: [] };
  },
};

function own(server: FakeServer, user: Person, body: Body): FakeRoom {
  const room = server.rooms.get(String(body.room));
  if (!room) throw new Refusal(4040, 'NOT_FOUND: there is no such room');
  if (!room.members.has(user.id)) throw new Refusal(4031, 'NOT_MEMBER: join it first');
  return room;
}

function marked(room: FakeRoom, user: Person): object {
  const seq = room.read.get(user.id) ?? 0;
  const n = room.entries[seq - 1]?.n ?? 0;
  return { room: room.id, seq, n, marks: room.marks.get(user.id) ?? 0 };
}

/** What one's other devices hear. */
function note(server: FakeServer, room: FakeRoom, user: Person): void {
  const { head, n, unread, mentions, marks } = room.view(user.id).membership!;
  const seq = room.read.get(user.id) ?? 0;
  const body = { room: room.id, seq, marks, head, n, unread, mentions };
  server.tell(`user.${user.id}`, { kind: 'read', user: user.id, body });
}

/** What the others hear. */
function receipt(server: FakeServer, room: FakeRoom, user: Person): void {
  const markers = [room.receipt(user.id)];
  server.tell(`room.${room.id}`, { kind: 'receipt', room: room.id, markers });
}
