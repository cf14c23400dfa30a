import type { ServerResponse } from 'node:http';
import type { PresenceState } from '../src/client/presence';
import type { Person } from '../src/client/protocol';
import { Refusal, type Body, type Command } from './fake-commands';
import type { FakeServer } from './fake-server';

/** What the server in memory knows about people: whom they know, of whom they want nothing, and what they say. */
export const PEOPLE: Record<string, Command> = {
  'users.search': (server, user, body) => {
    const { query = '' } = body as { query?: string };
    const part = query.toLowerCase();
    const from = Number(body.after ?? 0);
    const limit = Number(body.limit ?? 50);
    const found = [...server.accounts.values()]
      .filter((one) => `${one.name} ${one.username ?? ''}`.toLowerCase().includes(part))
      .filter((one) => !server.between(user.id, one.id))
      .sort((a, b) => a.name.localeCompare(b.name));
    const more = found.length > from + limit;
    return {
      users: found.slice(from, from + limit).map(known),
      ...(more ? { next: String(from + limit) } : {}),
    };
  },
  'presence.watch': (server, user, body) => {
    const { users } = body as { users: string[] };
    const people = users
      .filter((id) => server.accounts.has(id))
      .map((id) => ({
        user: id,
        state: id === user.id ? 'online' : 'offline',
        ...(server.between(user.id, id) ? {} : server.presences.get(id)),
      }));
    const known = server.presenceKnown;
    server.watches += 1;
    return { version: server.watches * 100, known, people: known ? people : [] };
  },
  'presence.set': (server, user, body) => {
    const { state, status } = body as { state?: string; status?: { text: string } };
    if (state === 'active' || state === 'away') return {};
    const { status: before, ...own } = server.presences.get(user.id) ?? {};
    const said = status ?? before;
    server.presences.set(user.id, {
      ...own,
      ...(state === undefined ? {} : { state: state as PresenceState }),
      ...(said?.text ? { status: said } : {}),
    });
    return { state: 'online', ...server.presences.get(user.id) };
  },
  'users.get': (server, user, body) => {
    const { own, other } = both(server, user, body);
    const { about } = other.profile;
    const contactName = own.contacts.get(other.id);
    return {
      ...known(other),
      ...(about === '' || server.between(user.id, other.id) ? {} : { about }),
      contact: own.contacts.has(other.id),
      ...(contactName === undefined ? {} : { contactName }),
      blocked: own.blocked.has(other.id),
    };
  },
  'profile.get': (server, user) => profile(server, user),
  'profile.update': (server, user, body) => {
    const own = server.accounts.get(user.id)!;
    const { name = own.name, ...rest } = body as { name?: string };
    if (Array.from(name).length > 64) {
      throw new Refusal(4130, 'TOO_LARGE field=name limit=64: name is limited to 64 characters');
    }
    own.name = name;
    Object.assign(own.profile, rest);
    return profile(server, user);
  },
  'contacts.add': (server, user, body) => {
    const { own, other } = both(server, user, body);
    own.contacts.set(other.id, body.name as string | undefined);
    return { ...known(other), addedAt: new Date().toISOString() };
  },
  'contacts.remove': (server, user, body) => {
    server.accounts.get(user.id)!.contacts.delete(String(body.user));
    return {};
  },
  'contacts.list': (server, user) => ({
    contacts: [...server.accounts.get(user.id)!.contacts.keys()].map((id) => ({
      ...known(server.accounts.get(id)!),
      addedAt: new Date().toISOString(),
    })),
  }),
  'contacts.block': (server, user, body) => {
    const { own, other } = both(server, user, body);
    own.blocked.add(other.id);
    return {};
  },
  'contacts.unblock': (server, user, body) => {
    server.accounts.get(user.id)!.blocked.delete(String(body.user));
    return {};
  },
  'contacts.blocked': (server, user) => ({
    blocked: [...server.accounts.get(user.id)!.blocked].map((id) => ({
      ...known(server.accounts.get(id)!),
      blockedAt: new Date().toISOString(),
    })),
  }),
};

/** Answers below `/api/me`: a copy of the account, and its end. */
export function ownAccount(
  server: FakeServer,
  user: string | undefined,
  method: string,
  body: Body,
  response: ServerResponse,
): void {
  const account = server.accounts.get(user ?? '');
  if (account && method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ account: known(account), rooms: [] }));
  } else if (account?.password === body.password && account) {
    server.revoke(account.id);
    server.accounts.delete(account.id);
    response.writeHead(204).end();
  } else {
    const status = account ? 403 : 401;
    const code = account ? 'FORBIDDEN' : 'UNAUTHENTICATED';
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ code, status, detail: 'the password is not right' }));
  }
}

function both(server: FakeServer, user: Person, body: Body) {
  const own = server.accounts.get(user.id);
  const other = server.accounts.get(String(body.user));
  if (!own || !other) throw new Refusal(4040, 'NOT_FOUND: there is no such user');
  return { own, other };
}

function known({ id, name, username }: Person): object {
  return { id, name, username };
}

function profile(server: FakeServer, user: Person): object {
  const own = server.accounts.get(user.id)!;
  return { ...known(own), ...own.profile };
}
