import type { Entry, Person } from '../src/client/protocol';
import { reactions } from './fake-acts';
import { Refusal, type Body, type Command } from './fake-commands';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

/** A message as it is now for somebody: its edits, its deletion, its pin and its reactions applied. */
export function current(log: FakeRoom, entry: Entry, viewer = ''): Entry {
  return log.entries
    .filter((one) => (one.target ?? one.thread) === entry.seq && entry.kind === 'message')
    .reduce((now, change) => applied(log, now, change, viewer), entry);
}

function applied(log: FakeRoom, now: Entry, change: Entry, viewer: string): Entry {
  const state = { ...now.state, rev: change.seq };
  const { pinned, ...rest } = state;
  const body = { ...now.body };
  if (change.thread !== undefined) {
    const replies = (state.thread?.replies ?? 0) + 1;
    return { ...now, state: { ...state, thread: { replies, last: change.seq, at: change.at } } };
  }
  switch (change.kind) {
    case 'delete': {
      const kept = state.thread ? { thread: state.thread } : {};
      return {
        ...now,
        body: { deleted: true },
        state: { rev: change.seq, deleted: true, ...kept },
      };
    }
    case 'edit':
      // Whom it mentioned before says nothing of whom it mentions now.
      delete body.mentions;
      delete body.mentionsRoom;
      return {
        ...now,
        body: { ...body, ...change.body },
        state: { ...state, editedAt: change.at },
      };
    case 'pin':
      return {
        ...now,
        state: {
          ...state,
          pinned: { seq: change.seq, at: change.at, by: change.author?.id ?? '' },
        },
      };
    case 'unpin':
      return { ...now, state: pinned ? rest : state };
    default:
      return now.state?.deleted
        ? now
        : { ...now, state: { ...state, reactions: reactions(log, now.seq, viewer) } };
  }
}

export function readable(server: FakeServer, user: Person, body: Body, field = 'room'): FakeRoom {
  const found = server.rooms.get(String(body[field]));
  if (!found) throw new Refusal(4040, 'NOT_FOUND: there is no such room');
  if (!found.members.has(user.id)) throw new Refusal(4031, 'NOT_MEMBER: join it first');
  return found;
}

/** The message that a command is about. */
export function messageIn(log: FakeRoom, target: unknown): Entry {
  const found = log.entries.find((one) => one.seq === target && one.kind === 'message');
  if (!found) throw new Refusal(4040, 'NOT_FOUND: there is no such message');
  return current(log, found);
}

function pinning(wanted: boolean): Command {
  return (server, user, body) => {
    const log = readable(server, user, body);
    const { role } = log.members.get(user.id) ?? {};
    if (log.type !== 'direct' && (role === 'member' || role === 'readonly')) {
      throw new Refusal(4030, 'FORBIDDEN: nobody below moderators pins messages in this room');
    }
    const { seq, state } = messageIn(log, body.target);
    if (state?.deleted) throw new Refusal(4100, 'GONE: this message was deleted');
    if (wanted === (state?.pinned !== undefined)) {
      throw wanted
        ? new Refusal(4092, 'ALREADY_EXISTS: this message is pinned already')
        : new Refusal(4040, 'NOT_FOUND: this message is not pinned');
    }
    const entry = log.change(wanted ? 'pin' : 'unpin', user, seq);
    server.deliver(log, entry);
    return { ...entry, duplicate: false };
  };
}

/** What one does with single messages. */
export const PICKS: Record<string, Command> = {
  'messages.pin': pinning(true),
  'messages.unpin': pinning(false),
  'messages.pins': (server, user, body) => {
    const log = readable(server, user, body);
    const entries = log.entries
      .map((entry) => current(log, entry, user.id))
      .filter((entry) => entry.state?.pinned !== undefined)
      .sort((a, b) => (b.state?.pinned?.seq ?? 0) - (a.state?.pinned?.seq ?? 0));
    return { entries, more: false };
  },
  'messages.get': (server, user, body) => {
    const log = readable(server, user, body);
    const seqs = new Set(body.seqs as number[]);
    const entries = log.entries
      .filter((entry) => entry.kind === 'message' && seqs.has(entry.seq))
      .map((entry) => current(log, entry, user.id));
    return { entries, more: false };
  },
  'messages.revisions': (server, user, body) => {
    const log = readable(server, user, body);
    const { seq, state } = messageIn(log, body.target);
    if (state?.deleted) throw new Refusal(4040, 'NOT_FOUND: there is no such message');
    const wordings = log.entries.filter(
      (entry) => entry.seq === seq || (entry.target === seq && entry.kind === 'edit'),
    );
    return { entries: wordings, more: false };
  },
  'messages.forward': (server, user, body) => {
    const to = readable(server, user, body, 'to');
    const cid = String(body.cid);
    const stood = to.entries.find((entry) => entry.cid === cid && entry.author?.id === user.id);
    if (stood) return { ...stood, duplicate: true };
    const said = messageIn(readable(server, user, body), body.target);
    if (said.state?.deleted) throw new Refusal(4040, 'NOT_FOUND: there is no such message');
    const forwarded = said.body?.forwarded ?? { author: said.author };
    const text = String(said.body?.text);
    return { ...server.post(to, user, text, cid, { forwarded }), duplicate: false };
  },
};
