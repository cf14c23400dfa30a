import { describe, expect, it } from 'vitest';
import {
  POLICIES,
  type Blocked,
  type Contact,
  type OwnProfile,
  type PersonSeen,
} from '../src/client/people';
import type {
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
import { ASKED, TERMS, UNASKED, type Names } from './asked';
import {
  at,
  channelOf,
  document,
  fields,
  pointer,
  rest,
  type Content,
  type Schema,
} from './descriptions';

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
