import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  POLICIES,
  type Blocked,
  type Contact,
  type OwnProfile,
  type PersonSeen,
} from '../src/client/people';
import type {
  CommandName,
  Commands,
  Device,
  Entry,
  Member,
  Membership,
  Person,
  Reaction,
  Ready,
  RoomView,
  State,
} from '../src/client/protocol';
import type { FollowedThread } from '../src/client/threads';
import type { Changed } from '../src/client/identity';
import type { Account, Registration, SignedIn } from '../src/client/session';
import { apply } from '../src/state/apply';
import { freshRoom } from './entries';
import { recorded } from './recorded';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  items?: Schema;
}

interface Operation {
  channel: { $ref: string };
  reply?: { messages: { $ref: string }[] };
}

interface Document {
  channels: Record<string, { address: string | null; messages: Record<string, { $ref: string }> }>;
  operations: Record<string, Operation>;
  components: { schemas: Record<string, Schema>; messages: Record<string, { payload: Schema }> };
}

const rest = parse(
  readFileSync(new URL('../../resources/openapi.yaml', import.meta.url), 'utf8'),
) as Pick<Document, 'components'> & {
  paths: Record<
    string,
    Record<string, { requestBody?: Content; responses: Record<string, Content> }>
  >;
};
const document = parse(
  readFileSync(new URL('../../resources/asyncapi.yaml', import.meta.url), 'utf8'),
) as Document;
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { uuid: true, 'date-time': true },
});
ajv.addSchema(document, 'parley');

function at(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], document);
}

/** Follows references, also of messages of channels, until the thing itself. */
function pointer(reference: string): string {
  const next = (at(reference) as { $ref?: string }).$ref;
  return next === undefined ? reference : pointer(next);
}

function judge(reference: string): ValidateFunction {
  return ajv.compile({ $ref: `parley${pointer(reference)}` });
}

/** All fields that a schema has, its parts' included. */
function fields(schema: Schema): Record<string, Schema> {
  const there = schema.$ref === undefined ? schema : (at(schema.$ref) as Schema);
  let all: Record<string, Schema> = { ...there.properties };
  for (const part of there.allOf ?? []) all = { ...all, ...fields(part) };
  return all;
}

const channelOf = (address: string) =>
  Object.entries(document.channels).find(([, channel]) => channel.address === address) ?? [
    '',
    undefined,
  ];

/** The fields of what the app asks. Missing ones, and ones too many, do not compile. */
type Names<T> = { [K in keyof Required<T>]: true };
const TERMS = { history: true, join: true } as const;
const ASKED: { [K in CommandName]: Names<Commands[K][0]> } = {
  'session.open': { token: true },
  'session.renew': { token: true },
  'messages.post': {
    room: true,
    cid: true,
    text: true,
    replyTo: true,
    thread: true,
    mentions: true,
    mentionsRoom: true,
  },
  'messages.edit': {
    room: true,
    target: true,
    cid: true,
    text: true,
    mentions: true,
    mentionsRoom: true,
  },
  'messages.delete': { room: true, target: true, cid: true },
  'messages.react': { room: true, target: true, cid: true, emoji: true },
  'messages.unreact': { room: true, target: true, cid: true, emoji: true },
  'messages.pin': { room: true, target: true, cid: true },
  'messages.unpin': { room: true, target: true, cid: true },
  'messages.pins': { room: true, before: true },
  'messages.get': { room: true, seqs: true },
  'messages.revisions': { room: true, target: true, after: true },
  'messages.forward': { room: true, target: true, to: true, cid: true },
  'messages.history': { room: true, before: true, after: true, around: true, limit: true },
  'messages.thread': {
    room: true,
    target: true,
    before: true,
    after: true,
    around: true,
    limit: true,
  },
  'messages.sync': { room: true, cursor: true, limit: true },
  'messages.typing': { room: true },
  'messages.read': { room: true, seq: true, marks: true },
  'messages.delivered': { room: true, seq: true },
  'messages.receipts': { room: true },
  'messages.unread': { room: true, seq: true },
  'messages.explain': { room: true, after: true, limit: true },
  'rooms.create': { name: true, description: true, type: true, ...TERMS },
  'rooms.list': { discover: true, query: true, after: true, limit: true },
  'rooms.get': { room: true },
  'rooms.join': { room: true },
  'rooms.leave': { room: true },
  'rooms.members': { room: true, after: true, limit: true },
  'rooms.add': { room: true, user: true },
  'rooms.remove': { room: true, user: true },
  'rooms.role': { room: true, user: true, role: true },
  'rooms.update': { room: true, name: true, description: true, slowMode: true, ...TERMS },
  'rooms.settings': {
    room: true,
    favourite: true,
    notifications: true,
    snooze: true,
    hidden: true,
  },
  'rooms.ask': { room: true, note: true },
  'rooms.withdraw': { room: true },
  'rooms.requests': { room: true, after: true, limit: true },
  'rooms.admit': { room: true, user: true },
  'rooms.refuse': { room: true, user: true, word: true },
  'rooms.ban': { room: true, user: true, reason: true, seconds: true },
  'rooms.unban': { room: true, user: true },
  'rooms.bans': { room: true, after: true, limit: true },
  'rooms.mute': { room: true, user: true, seconds: true },
  'rooms.unmute': { room: true, user: true },
  'rooms.archive': { room: true },
  'rooms.unarchive': { room: true },
  'rooms.delete': { room: true },
  'rooms.invite': { room: true, seconds: true, uses: true },
  'rooms.invites': { room: true },
  'rooms.uninvite': { room: true, invite: true },
  'rooms.invited': { token: true },
  'rooms.accept': { token: true },
  'rooms.direct': { user: true },
  'search.messages': { query: true, room: true, sort: true, after: true, limit: true },
  'users.search': { query: true, after: true, limit: true },
  'users.get': { user: true },
  'profile.get': {},
  'profile.update': {
    name: true,
    about: true,
    lastSeenFor: true,
    photoFor: true,
    notifications: true,
  },
  'contacts.add': { user: true, name: true },
  'contacts.remove': { user: true },
  'contacts.list': { after: true, limit: true },
  'contacts.block': { user: true },
  'contacts.unblock': { user: true },
  'contacts.blocked': { after: true, limit: true },
  'presence.watch': { users: true },
  'presence.set': { state: true, status: true },
  'sessions.list': {},
  'sessions.revoke': { session: true },
  'sessions.revokeAll': { keepCurrent: true },
  'threads.list': { room: true, unread: true, after: true, limit: true },
  'threads.get': { room: true, target: true },
  'threads.follow': { room: true, target: true },
  'threads.unfollow': { room: true, target: true },
  'threads.read': { room: true, target: true, seq: true },
};

/**
 * What a server can do and the app does not ask for here. Who is here is watched, not asked for one by one. The end of an account closes the socket before its answer has
 * come, so it is asked for over REST.
 */
const UNASKED = ['account.delete', 'presence.get'];

const ENTRY: Names<Entry> = {
  kind: true,
  room: true,
  user: true,
  seq: true,
  cursor: true,
  n: true,
  id: true,
  cid: true,
  at: true,
  author: true,
  target: true,
  thread: true,
  body: true,
  state: true,
};
const STATE: Names<State> = {
  rev: true,
  editedAt: true,
  deleted: true,
  pinned: true,
  reactions: true,
  thread: true,
};
const REACTION: Names<Reaction> = { emoji: true, count: true, mine: true };
const ROOM: Names<RoomView> = {
  id: true,
  name: true,
  description: true,
  type: true,
  createdAt: true,
  memberCount: true,
  peer: true,
  archived: true,
  slowMode: true,
  ...TERMS,
  asked: true,
  requests: true,
  membership: true,
  last: true,
};
const MEMBERSHIP: Names<Membership> = {
  role: true,
  joinedAt: true,
  head: true,
  cursor: true,
  n: true,
  at: true,
  read: true,
  unread: true,
  mutedUntil: true,
  mentions: true,
  marks: true,
  since: true,
  settings: true,
};
const READY: Names<Ready> = { kind: true, head: true, cursor: true, complete: true, reset: true };
const MEMBER: Names<Omit<Member, 'username'>> = {
  id: true,
  name: true,
  role: true,
  joinedAt: true,
  mutedUntil: true,
};
const DEVICE: Names<Device> = {
  id: true,
  device: true,
  address: true,
  createdAt: true,
  usedAt: true,
  expiresAt: true,
  current: true,
};
const PERSON: Names<Person> = { id: true, name: true, username: true };
const SEEN: Names<PersonSeen> = {
  ...PERSON,
  about: true,
  lastSeen: true,
  contact: true,
  contactName: true,
  blocked: true,
};
const OWN: Names<OwnProfile> = {
  ...PERSON,
  about: true,
  lastSeenFor: true,
  photoFor: true,
  notifications: true,
};
const CONTACT: Names<Contact> = { ...PERSON, contactName: true, addedAt: true };
const FOLLOWED: Names<FollowedThread> = {
  room: true,
  thread: true,
  following: true,
  read: true,
  n: true,
  replies: true,
  last: true,
  at: true,
  unread: true,
  mentions: true,
};
const BLOCKED: Names<Blocked> = { ...PERSON, blockedAt: true };

describe('the client and the description of the sockets', () => {
  it('know the same commands', () => {
    const described = Object.values(document.channels)
      .filter(({ messages }) => 'request' in messages)
      .map(({ address }) => address);
    expect([...Object.keys(ASKED), ...UNASKED].sort()).toEqual(described.sort());
  });

  it.each(Object.entries(ASKED))('agree on the fields of %s', (name, asked) => {
    const [, channel] = channelOf(name);
    const { payload } = at(pointer(channel!.messages.request!.$ref)) as { payload: Schema };
    expect(Object.keys(fields(payload))).toEqual(expect.arrayContaining(Object.keys(asked)));
  });

  it.each([
    ['Entry', ENTRY],
    ['State', STATE],
    ['Room', ROOM],
    ['Ready', READY],
    ['Profile', PERSON],
    ['PersonSeen', SEEN],
    ['OwnProfile', OWN],
    ['Contact', CONTACT],
    ['FollowedThread', FOLLOWED],
  ] as const)('agree on the fields of %s', (name, known) => {
    const described = Object.keys(fields(document.components.schemas[name]!));
    expect(described).toEqual(expect.arrayContaining(Object.keys(known)));
  });

  it('agree on the fields of reactions', () => {
    const { State } = document.components.schemas;
    expect(Object.keys(fields(fields(State!).reactions!.items!)).sort()).toEqual(
      Object.keys(REACTION).sort(),
    );
  });

  it('agree on the fields of devices', () => {
    const { Sessions } = document.components.schemas;
    expect(Object.keys(fields(fields(Sessions!).sessions!.items!)).sort()).toEqual(
      Object.keys(DEVICE).sort(),
    );
  });

  it('agree on who may know something, and on those who are blocked', () => {
    const { Policy, BlockedPeople } = document.components.schemas;
    expect((Policy as { enum?: string[] }).enum).toEqual(POLICIES);
    expect(Object.keys(fields(fields(BlockedPeople!).blocked!.items!)).sort()).toEqual(
      Object.keys(BLOCKED).sort(),
    );
  });

  it('agree on the fields of members and memberships', () => {
    const { Room, Members } = document.components.schemas;
    expect(Object.keys(fields(fields(Room!).membership!)).sort()).toEqual(
      Object.keys(MEMBERSHIP).sort(),
    );
    expect(Object.keys(fields(fields(Members!).members!.items!)).sort()).toEqual(
      Object.keys(MEMBER).sort(),
    );
  });
});

const REGISTRATION: Names<Registration> = {
  name: true,
  username: true,
  email: true,
  phoneNumber: true,
  password: true,
};
const SIGNED_IN: Names<SignedIn> = {
  token: true,
  expiresIn: true,
  sessionId: true,
  userId: true,
  name: true,
  user: true,
};
const ACCOUNT: Names<Account> = {
  id: true,
  name: true,
  username: true,
  email: true,
  phoneNumber: true,
  emailVerifiedAt: true,
};
const CHANGED: Names<Changed> = { user: true, pending: true };

/** What the app asks over REST, with the fields that it sends and those that it reads. */
const RESTED: [string, string, string[], object?][] = [
  ['post', '/api/auth/register', Object.keys(REGISTRATION), SIGNED_IN],
  ['post', '/api/auth/login', ['identifier', 'password'], SIGNED_IN],
  ['post', '/api/auth/refresh', [], SIGNED_IN],
  ['post', '/api/auth/logout', []],
  ['post', '/api/auth/verify-email', ['token']],
  ['post', '/api/auth/verify-email/resend', []],
  ['post', '/api/auth/password-reset', ['email']],
  ['post', '/api/auth/password-reset/confirm', ['token', 'password']],
  ['get', '/api/me', [], ACCOUNT],
  ['delete', '/api/me', ['password']],
  ['get', '/api/me/export', []],
  ['post', '/api/me/password', ['current', 'password']],
  ['put', '/api/me/identifiers/{kind}', ['value', 'password'], CHANGED],
  ['delete', '/api/me/sessions', []],
];

interface Content {
  content?: { 'application/json': { schema: Schema } };
}

/** What a body of REST consists of. */
function parts(body: Content | undefined): string[] {
  const schema = body?.content?.['application/json'].schema;
  const name = schema?.$ref?.split('/').at(-1);
  const there = name === undefined ? schema : rest.components.schemas[name];
  return Object.keys(there?.properties ?? {});
}

describe('the client and the description of REST', () => {
  it.each(RESTED)('agree on %s %s', (method, path, sent, read = {}) => {
    const operation = rest.paths[path]?.[method];
    expect(operation).toBeDefined();
    expect(parts(operation!.requestBody)).toEqual(expect.arrayContaining(sent));
    const answer = Object.entries(operation!.responses).find(([status]) => status.startsWith('2'));
    expect(parts(answer![1])).toEqual(expect.arrayContaining(Object.keys(read)));
  });

  it('agree on accounts', () => {
    const described = Object.keys(rest.components.schemas.Account!.properties!);
    expect(described).toEqual(expect.arrayContaining(Object.keys(ACCOUNT)));
  });
});

describe('what was recorded', () => {
  const { me, frames } = recorded;
  const sent = frames.filter(({ type }) => type === 'send');
  const heard = frames.filter(({ type, body }) => type === 'rec' && body?.kind !== undefined);

  it('has every command and its answer, as described', () => {
    const tried = new Set<string>();
    for (const { address = '', body, replyAddress } of sent) {
      const [name, channel] = channelOf(address);
      const request = judge(`${pointer(channel!.messages.request!.$ref)}/payload`);
      expect(request(body), `${address} ${JSON.stringify(request.errors)}`).toBe(true);
      const answer = frames.find((one) => one.from === 'server' && one.address === replyAddress);
      const [told] = document.operations[name]!.reply!.messages;
      const reply = judge(`${pointer(told!.$ref)}/payload`);
      expect(reply(answer?.body), `${address} ${JSON.stringify(reply.errors)}`).toBe(true);
      tried.add(address);
    }
    expect([...tried, 'session.renew'].sort()).toEqual(Object.keys(ASKED).sort());
  });

  it('has events as described', () => {
    const { messages } = document.components;
    for (const { body } of heard) {
      const event = judge(
        `#/components/messages/kind_${String(body!.kind).replace('.', '_')}/payload`,
      );
      expect(event(body), `${JSON.stringify(body)} ${JSON.stringify(event.errors)}`).toBe(true);
    }
    const kinds = new Set(heard.map(({ body }) => body!.kind));
    expect(Object.keys(messages)).toEqual(expect.arrayContaining(['kind_message']));
    for (const kind of [
      'ready',
      'join',
      'message',
      'leave',
      'kick',
      'role',
      'rename',
      'topic',
      'typing',
      'presence',
      'edit',
      'react',
      'unreact',
      'delete',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('is understood: entry by entry the room becomes what the server says it is', () => {
    const history = frames.find(({ body }) => Array.isArray(body?.entries))!.body!;
    const entries = history.entries as Entry[];
    const room = entries.reduce(
      (state, entry) => {
        const { room: next, outcome } = apply(state, entry, me);
        expect(outcome).toBe('applied');
        return next;
      },
      { ...freshRoom(), memberCount: 1 },
    );
    const head = history.asOf as { seq: number; n: number; cursor: string };
    expect(room).toMatchObject({ seq: head.seq, n: head.n, cursor: head.cursor });
    const view = frames.find(({ body }) => body?.memberCount !== undefined && body.name !== '')!;
    expect(view.body!.memberCount).toBe(1);
    expect(room.memberCount).toBe(1);
    const shown = room.timeline.items.map((item) =>
      item.is === 'message' ? item.text : item.kind,
    );
    expect(shown).toEqual(['create', 'join', 'Hello', 'Hi', 'leave', 'join', 'kick']);
    // What came live is what is in the history.
    const live = heard.map(({ body }) => body as unknown as Entry).filter(({ seq }) => seq > 0);
    const own = live.filter((entry) => entry.room === entries[0]!.room);
    expect(own.slice(0, 6)).toEqual(entries.slice(1));
  });
});
