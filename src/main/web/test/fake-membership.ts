import type { RoomTerms, Wishes } from '../src/client/membership';
import type { Person } from '../src/client/protocol';
import { beside, waiting } from './fake-beside';
import { managed, Refusal, room, text, type Body, type Command } from './fake-commands';
import { admitted } from './fake-moderation';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

/** On which terms people come from now on. */
export function reterm(server: FakeServer, by: Person, target: FakeRoom, body: Body): void {
  const { terms } = beside(target);
  const { history, join } = body as RoomTerms;
  if (history !== undefined && history !== terms.history) {
    terms.history = history;
    server.deliver(target, target.add('history', by, { history }));
  }
  if (join !== undefined && join !== terms.join) {
    terms.join = join;
    server.deliver(target, target.add('door', by, { join }));
  }
}

/** Notes on which terms a new room is entered. */
export function founded(target: FakeRoom, body: Body): void {
  const { history = 'all', join = 'open' } = body as RoomTerms;
  beside(target).terms = { history, join };
}

/** What there is against it that somebody just comes in. */
export function closed(target: FakeRoom, user: string): void {
  if (beside(target).terms.join === 'request' && !target.members.has(user)) {
    throw new Refusal(4030, 'FORBIDDEN rule=ask: people ask to be let into this room');
  }
}

function knock(server: FakeServer, target: FakeRoom): void {
  const body = { room: target.id, requests: waiting(target).length };
  for (const { id, role } of target.members.values()) {
    if (role !== 'member') server.tell(`user.${id}`, { kind: 'requests', user: id, body });
  }
}

function outcome(server: FakeServer, target: FakeRoom, user: string, how: object): void {
  const body = { room: target.id, name: target.name, ...how };
  server.tell(`user.${user}`, { kind: 'room.request', seq: 7, body });
  knock(server, target);
}

const NONE: Wishes = { favourite: false, notifications: 'all', hidden: false };
const later = (seconds: number) =>
  seconds === 0 ? undefined : new Date(Date.now() + seconds * 1000).toISOString();
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

function ask(server: FakeServer, user: Person, body: Body): object {
  const target = room(server, body);
  admitted(target, user.id);
  const { requests, terms } = beside(target);
  if (terms.join !== 'request') throw new Refusal(4090, 'CONFLICT rule=open: join the room');
  if (requests.get(user.id)?.refused) {
    throw new Refusal(4030, 'FORBIDDEN: you were not let in; you may ask again later');
  }
  requests.set(user.id, {
    user: user.id,
    name: user.name,
    note: text(body, 'note'),
    at: new Date().toISOString(),
    until: day(14),
    refused: false,
  });
  outcome(server, target, user.id, { outcome: 'asked' });
  return target.view(user.id);
}

function settle(server: FakeServer, body: Body, user: string): { target: FakeRoom; one: Person } {
  const target = room(server, body);
  const asked = beside(target).requests.get(user);
  if (!asked || asked.refused) {
    throw new Refusal(4040, 'NOT_FOUND: this person does not ask to be let in any more');
  }
  return { target, one: { id: user, name: asked.name } };
}

/** How people want to have rooms, and asking to be let in, as the development server does it. */
export const MEMBERSHIP: Record<string, Command> = {
  'rooms.settings': (server, user, body) => {
    const target = room(server, body);
    if (!target.members.has(user.id)) throw new Refusal(4031, 'NOT_MEMBER: join it first');
    const before: Wishes = beside(target).wishes.get(user.id)?.settings ?? NONE;
    const { favourite, notifications, snooze, hidden } = body as Partial<Wishes> & {
      snooze?: number;
    };
    const until = snooze === undefined ? before.snoozedUntil : later(snooze);
    const said = {
      favourite: favourite ?? before.favourite,
      notifications: notifications ?? before.notifications,
      ...(until === undefined ? {} : { snoozedUntil: until }),
    };
    const settings = { ...said, hidden: hidden ?? before.hidden };
    beside(target).wishes.set(user.id, { settings, at: target.head });
    const note = { room: target.id, ...said, ...(hidden === undefined ? {} : { hidden }) };
    server.tell(`user.${user.id}`, { kind: 'room.settings', seq: 6, body: note });
    return target.view(user.id);
  },
  'rooms.ask': ask,
  'rooms.withdraw': (server, user, body) => {
    const target = room(server, body);
    if (beside(target).requests.delete(user.id)) {
      outcome(server, target, user.id, { outcome: 'withdrawn' });
    }
    return {};
  },
  'rooms.requests': (server, user, body) => ({ requests: waiting(managed(server, user, body)) }),
  'rooms.admit': (server, user, body) => {
    managed(server, user, body);
    const { target, one } = settle(server, body, text(body, 'user'));
    beside(target).requests.delete(one.id);
    server.deliver(target, target.join(one));
    server.tell(`user.${one.id}`, { kind: 'room.added', seq: 8, body: { room: target.id } });
    outcome(server, target, one.id, { outcome: 'admitted' });
    return {};
  },
  'rooms.refuse': (server, user, body) => {
    managed(server, user, body);
    const { target, one } = settle(server, body, text(body, 'user'));
    const { requests } = beside(target);
    requests.set(one.id, { ...requests.get(one.id)!, note: '', refused: true, until: day(1) });
    const word = text(body, 'word');
    outcome(server, target, one.id, { outcome: 'refused', ...(word === '' ? {} : { word }) });
    return {};
  },
};
