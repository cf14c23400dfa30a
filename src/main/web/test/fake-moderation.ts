import type { Person } from '../src/client/protocol';
import { room, managed, Refusal, text, type Body, type Command } from './fake-commands';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

const later = (seconds: unknown) =>
  typeof seconds === 'number' ? new Date(Date.now() + seconds * 1000).toISOString() : undefined;

/** Keeping the peace in rooms, as the development server does it. */
export const MODERATION: Record<string, Command> = {
  'rooms.ban': (server, user, body) => {
    const target = managed(server, user, body);
    const who = person(server, body);
    const until = later(body.seconds);
    const member = target.members.delete(who.id);
    target.bans.set(who.id, {
      id: who.id,
      name: who.name,
      by: { id: user.id, name: user.name },
      bannedAt: new Date().toISOString(),
      ...(until === undefined ? {} : { until }),
      reason: text(body, 'reason'),
    });
    const members = target.members.size;
    const told = { user: who, member, members, ...(until === undefined ? {} : { until }) };
    server.deliver(target, target.add('ban', user, told));
    const note = { room: target.id, banned: true };
    server.tell(`user.${who.id}`, { kind: 'room.removed', seq: 3, body: note });
    return {};
  },
  'rooms.unban': (server, user, body) => {
    const target = managed(server, user, body);
    const who = person(server, body);
    if (target.bans.delete(who.id)) {
      server.deliver(target, target.add('unban', user, { user: who }));
    }
    return {};
  },
  'rooms.bans': (server, user, body) => ({
    bans: [...managed(server, user, body).bans.values()],
  }),
  'rooms.mute': (server, user, body) => mute(server, user, body, later(body.seconds)),
  'rooms.unmute': (server, user, body) => mute(server, user, body, undefined),
  'rooms.archive': (server, user, body) => archive(server, user, body, true),
  'rooms.unarchive': (server, user, body) => archive(server, user, body, false),
  'rooms.delete': (server, user, body) => {
    const target = room(server, body);
    if (target.members.get(user.id)?.role !== 'owner') {
      throw new Refusal(4030, 'FORBIDDEN: nobody below the role owner of the room deletes it');
    }
    server.rooms.delete(target.id);
    server.deliver(target, target.add('end', user, {}));
    const note = { room: target.id, ended: true };
    for (const member of target.members.keys()) {
      server.tell(`user.${member}`, { kind: 'room.removed', seq: 4, body: note });
    }
    return {};
  },
};

function mute(server: FakeServer, by: Person, body: Body, until: string | undefined): object {
  const target = room(server, body);
  const who = person(server, body);
  const there = target.members.get(who.id);
  if (!there) throw new Refusal(4040, 'NOT_FOUND: this person is not a member of the room');
  const seat = { ...there };
  delete seat.mutedUntil;
  target.members.set(who.id, until === undefined ? seat : { ...seat, mutedUntil: until });
  const told = until === undefined ? { user: who } : { user: who, until };
  server.deliver(target, target.add(until === undefined ? 'unmute' : 'mute', by, told));
  return {};
}

function archive(server: FakeServer, user: Person, body: Body, archived: boolean): object {
  const target = managed(server, user, body);
  if (target.archived !== archived) {
    target.archived = archived;
    server.deliver(target, target.add(archived ? 'archive' : 'unarchive', user, {}));
  }
  return target.view(user.id);
}

function person(server: FakeServer, body: Body): Person {
  const found = server.accounts.get(text(body, 'user'));
  if (!found) throw new Refusal(4040, 'NOT_FOUND: there is no such person');
  return { id: found.id, name: found.name };
}

/** What a ban has against it that somebody comes or looks. */
export function admitted(target: FakeRoom, user: string): void {
  const ban = target.bans.get(user);
  if (ban) {
    const until = ban.until === undefined ? '' : ` until=${ban.until}`;
    const why = ban.reason === '' ? '' : `: ${ban.reason}`;
    throw new Refusal(4032, `BANNED${until}: you are banned from this room${why}`);
  }
}

/** What there is against it that a member changes anything now. */
export function writing(target: FakeRoom, user: string): void {
  const { role, mutedUntil } = target.members.get(user) ?? {};
  if (role === 'readonly') throw new Refusal(4034, 'READ_ONLY: you may only read here');
  if (target.archived) throw new Refusal(4034, 'READ_ONLY: this room is archived');
  if (mutedUntil !== undefined && Date.parse(mutedUntil) > Date.now()) {
    throw new Refusal(4033, `MUTED until=${mutedUntil}: you are muted in this room`);
  }
}

/** What there is against it that a member says something now; notes that they do. */
export function written(target: FakeRoom, user: string): void {
  writing(target, user);
  const { role } = target.members.get(user) ?? {};
  const left = (target.wrote.get(user) ?? 0) + target.slowMode * 1000 - Date.now();
  if (left > 0 && role === 'member') {
    throw new Refusal(4291, `SLOW_MODE retryAfterMs=${left}: this room is in slow mode`);
  }
  target.wrote.set(user, Date.now());
}
