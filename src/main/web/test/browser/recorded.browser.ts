import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Client } from '../../src/client/client';
import { uuidv7 } from '../../src/client/ids';
import type { SignedIn } from '../../src/client/session';
import type { Transport } from '../../src/client/wire';
import type { Frame, Recorded } from '../recorded';
import { transport } from '../sockets';
import { real } from './world';

const url = process.env.PARLEY_URL ?? '';
const file = fileURLToPath(new URL('../recorded.json', import.meta.url));

/** A transport that writes down what goes over it. */
function tapped(frames: Frame[]): Transport {
  const through = transport(() => url);
  return (events) => {
    const wire = through({
      ...events,
      text: (text) => {
        frames.push({ from: 'server', ...(JSON.parse(text) as object) } as Frame);
        events.text(text);
      },
    });
    return {
      ...wire,
      send: (text) => {
        frames.push({ from: 'client', ...(JSON.parse(text) as object) } as Frame);
        wire.send(text);
      },
    };
  };
}

async function join(name: string, frames: Frame[]): Promise<{ id: string; client: Client }> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      name,
      username: `u${uuidv7().slice(-10)}`,
      password: 'Correct-Horse-7',
    }),
  });
  const { token, userId } = (await response.json()) as SignedIn;
  const held = () => Promise.resolve(token);
  const client = new Client(
    [tapped(frames)],
    { token: held, refresh: held, renewalDueMs: () => undefined },
    { state: () => undefined, opened: () => undefined },
  );
  client.start();
  return { id: userId, client };
}

/** Each way to change what was said, of a message that was said for that. */
async function change(client: Client, room: string, heard: string[]): Promise<void> {
  const until = (kind: string) => expect.poll(() => heard, { timeout: 10_000 }).toContain(kind);
  const { seq: target } = await client.call('messages.post', { room, cid: uuidv7(), text: 'Tae' });
  const emoji = '\u{1F375}';
  await client.call('messages.edit', { room, cid: uuidv7(), target, text: 'Tea' });
  await client.call('messages.react', { room, cid: uuidv7(), target, emoji });
  await client.read('messages.history', { room, after: target - 1, limit: 1 });
  await client.call('messages.unreact', { room, cid: uuidv7(), target, emoji });
  await client.call('messages.delete', { room, cid: uuidv7(), target });
  await until('delete');
  await client.read('messages.history', { room, after: target - 1, limit: 1 });
}

/** What is done with single messages: kept at hand, looked at again, passed on. */
async function pick(client: Client, room: string, heard: string[]): Promise<void> {
  const { seq: target } = await client.call('messages.post', { room, cid: uuidv7(), text: 'Cups' });
  await client.call('messages.edit', { room, cid: uuidv7(), target, text: 'Six cups' });
  await client.read('messages.pin', { room, cid: uuidv7(), target });
  await client.read('messages.pins', { room });
  await client.read('messages.get', { room, seqs: [target, 999] });
  await client.read('messages.revisions', { room, target });
  await client.read('messages.history', { room, after: target - 1, limit: 5 });
  await client.read('messages.unpin', { room, cid: uuidv7(), target });
  await client.read('messages.forward', { room, target, to: room, cid: uuidv7() });
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('unpin');
}

/** What stands in a thread, which is in no page of its room; in another room, since nobody may say so much in one at once. */
async function converse(client: Client): Promise<void> {
  const { id: room } = await client.call('rooms.create', { name: `Cups ${uuidv7()}` });
  const heard: string[] = [];
  client.follow(`room.${room}`, {
    cursor: () => undefined,
    heard: ({ kind }) => heard.push(kind),
    refused: () => undefined,
  });
  const until = (kind: string) => expect.poll(() => heard, { timeout: 10_000 }).toContain(kind);
  await until('ready');
  const said = { room, text: 'Which cups?' };
  const { seq: thread } = await client.call('messages.post', { ...said, cid: uuidv7() });
  const reply = { room, cid: uuidv7(), text: 'The blue ones', thread, replyTo: thread };
  const { seq: target } = await client.call('messages.post', reply);
  await client.read('messages.thread', { room, target: thread, limit: 5 });
  await client.read('messages.history', { room, after: thread - 1, limit: 1 });
  await client.call('messages.edit', { room, cid: uuidv7(), target, text: 'The red ones' });
  await until('edit');
  const about = { room, target: thread };
  await client.read('threads.follow', about);
  await client.read('threads.read', { ...about, seq: target });
  await client.read('threads.list', { room, limit: 5 });
  await client.read('threads.get', about);
  await client.read('threads.unfollow', about);
}

/** Finds what was said, once somebody who is not recorded has found it. */
async function look(client: Client, other: Client, room: string): Promise<void> {
  const hello = { query: 'hel', room, sort: 'time', limit: 1 } as const;
  const found = async () => (await other.read('search.messages', hello)).results.length;
  await expect.poll(found, { timeout: 15_000, interval: 300 }).toBe(1);
  await client.read('search.messages', hello);
}

/** What the room is called and who is what in it, and both as it was again. */
async function govern(
  client: Client,
  room: string,
  ben: { id: string; client: Client },
  heard: string[],
): Promise<void> {
  const user = ben.id;
  await ben.client.read('rooms.join', { room });
  await client.read('rooms.role', { room, user, role: 'moderator' });
  await client.read('rooms.update', { room, name: `Coffee ${uuidv7()}`, description: 'Hotter' });
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('topic');
  await client.read('rooms.remove', { room, user });
}

/** Who may not write, or not come, how fast people write and whether they do; and all of it taken back. */
async function keepPeace(
  client: Client,
  room: string,
  ben: { id: string; client: Client },
  heard: string[],
): Promise<void> {
  const user = ben.id;
  await ben.client.read('rooms.join', { room });
  await client.read('rooms.mute', { room, user, seconds: 600 });
  await client.read('rooms.members', { room, limit: 10 });
  await client.read('rooms.unmute', { room, user });
  await client.read('rooms.update', { room, slowMode: 30 });
  await client.read('rooms.update', { room, slowMode: 0 });
  await client.read('rooms.archive', { room });
  await client.read('rooms.unarchive', { room });
  await client.read('rooms.ban', { room, user, reason: 'Cold tea', seconds: 600 });
  await client.read('rooms.bans', { room, limit: 10 });
  await client.read('rooms.unban', { room, user });
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('unban');
}

/** A room of other terms, in which somebody asks to be let in, and how one wants to have it. */
async function admit(client: Client, ben: { id: string; client: Client }): Promise<void> {
  const { id: room } = await client.call('rooms.create', {
    name: `Club ${Date.now()}`,
    history: 'since-join',
    join: 'request',
  });
  const user = ben.id;
  await client.read('rooms.settings', {
    room,
    favourite: true,
    notifications: 'mentions',
    snooze: 60,
  });
  await client.read('rooms.settings', { room, hidden: true });
  await ben.client.call('rooms.ask', { room, note: 'I like tea.' });
  await client.read('rooms.requests', { room, limit: 10 });
  await client.read('rooms.admit', { room, user });
  await client.read('rooms.remove', { room, user });
  await ben.client.call('rooms.ask', { room });
  await client.read('rooms.refuse', { room, user, word: 'Not now.' });
  // Of one's own nothing is asked for; it is no error.
  await client.call('rooms.ask', { room });
  await client.read('rooms.withdraw', { room });
  await client.read('rooms.update', { room, history: 'all', join: 'open' });
}

/** A link into a room: made, seen, looked at and used by somebody who is there, taken back. */
async function invite(client: Client, room: string): Promise<void> {
  const { token, invite: made } = await client.call('rooms.invite', { room, seconds: 60, uses: 2 });
  await client.read('rooms.invites', { room });
  await client.read('rooms.invited', { token });
  await client.read('rooms.accept', { token });
  await client.read('rooms.uninvite', { room, invite: made.id });
}

/** A room that ends while it is heard. */
async function end(client: Client, me: string, heard: string[]): Promise<void> {
  const { id: room } = await client.call('rooms.create', { name: `Short ${me}`, type: 'private' });
  client.follow(`room.${room}`, {
    cursor: () => undefined,
    heard: ({ kind }) => heard.push(kind),
    refused: () => heard.push('refused'),
  });
  await client.read('rooms.delete', { room });
  await expect.poll(() => heard, { timeout: 10_000 }).toContain('refused');
  expect(heard).toContain('end');
}

/** Whom one knows, of whom one wants nothing, and what one says of oneself. */
async function acquaint(client: Client, user: string): Promise<void> {
  await client.read('contacts.add', { user, name: 'Benny' });
  await client.read('contacts.list', { limit: 10 });
  await client.read('contacts.block', { user });
  await client.read('contacts.blocked', { limit: 10 });
  // Of somebody who is blocked it says the same, whenever they were seen.
  await client.read('users.get', { user });
  await client.read('contacts.unblock', { user });
  await client.read('contacts.remove', { user });
  await client.read('profile.update', {
    name: 'Ada',
    about: 'Notes, mostly.',
    lastSeenFor: 'contacts',
    photoFor: 'nobody',
  });
  await client.read('profile.get', {});
}

/** How one is shown, and being told of it. */
async function attend(client: Client, me: string, frames: Frame[]): Promise<void> {
  await client.read('presence.watch', { users: [me] });
  const status = { text: 'Tea', emoji: '\u{1F375}', until: tomorrow() };
  await client.read('presence.set', { state: 'dnd', status });
  const told = () => frames.some(({ body }) => body?.kind === 'presence');
  await expect.poll(told, { timeout: 10_000 }).toBe(true);
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString();
}

/** Everything the app can say, said once; Ada's side of it is what is recorded. */
async function talk(): Promise<Recorded> {
  const frames: Frame[] = [];
  const ada = await join('Ada', frames);
  const ben = await join('Ben', []);
  // Of two with one name a page of one is not the last, however many there were before.
  (await join('Ben', [])).client.stop();
  const heard: string[] = [];
  const until = (kind: string) => expect.poll(() => heard, { timeout: 10_000 }).toContain(kind);
  const { client } = ada;
  const { id: room } = await client.call('rooms.create', {
    name: `Tea ${uuidv7()}`,
    description: 'Hot',
    type: 'public',
  });
  client.follow(`room.${room}`, {
    cursor: () => undefined,
    heard: ({ kind }) => heard.push(kind),
    refused: () => undefined,
  });
  await until('ready');
  await ben.client.read('rooms.join', { room });
  await client.call('messages.post', { room, cid: uuidv7(), text: 'Hello', mentions: [ben.id] });
  await ben.client.call('messages.post', { room, cid: uuidv7(), text: 'Hi', replyTo: 3 });
  await ben.client.call('messages.typing', { room });
  await until('typing');
  await client.call('messages.typing', { room });
  await look(client, ben.client, room);
  await ben.client.read('rooms.leave', { room });
  await client.read('rooms.add', { room, user: ben.id });
  await client.read('rooms.remove', { room, user: ben.id });
  await until('kick');
  const page = await client.read('messages.history', { room, limit: 10 });
  await govern(client, room, ben, heard);
  await keepPeace(client, room, ben, heard);
  await client.read('messages.sync', { room, cursor: page.entries[0]!.cursor, limit: 10 });
  await client.read('messages.delivered', { room, seq: 4 });
  await client.read('messages.read', { room, seq: 5, marks: 0 });
  await client.read('messages.unread', { room, seq: 4 });
  await client.read('messages.explain', { room, limit: 1 });
  await client.read('messages.receipts', { room });
  await until('receipt');
  await client.read('rooms.list', { limit: 10 });
  await client.read('rooms.get', { room });
  await client.read('rooms.members', { room, limit: 10 });
  await invite(client, room);
  await admit(client, ben);
  await change(client, room, heard);
  await pick(client, room, heard);
  await converse(client);
  await client.read('rooms.join', { room });
  await client.read('rooms.direct', { user: ben.id });
  await client.read('users.search', { query: 'Ben', limit: 1 });
  await acquaint(client, ben.id);
  await attend(client, ada.id, frames);
  await client.read('sessions.list', {});
  await client.read('sessions.revoke', { session: uuidv7() });
  await client.read('sessions.revokeAll', { keepCurrent: true });
  await client.read('rooms.leave', { room });
  await end(client, ada.id, heard);
  ada.client.stop();
  ben.client.stop();
  return anonymous({ me: ada.id, frames });
}

/** The same, whenever it was recorded and by whom. */
function anonymous(recorded: Recorded): Recorded {
  const names = new Map<string, string>();
  const named = (what: string, as: (n: number) => string) => {
    const name = names.get(what) ?? as(names.size + 1);
    names.set(what, name);
    return name;
  };
  const opaque = new Set(['token', 'cursor', 'next', 'replyAddress']);
  const text = JSON.stringify(recorded, (key, value: unknown) =>
    typeof value === 'string' && opaque.has(key) ? named(value, (n) => `${key}-${n}`) : value,
  )
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
      named(id, (n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`),
    )
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T02:30:00.123Z')
    .replace(/"username":"\w+"/g, '"username":"somebody"');
  const all = JSON.parse(text) as Recorded;
  // The address of an answer is what the question called it.
  for (const frame of all.frames) {
    const name = names.get(frame.address ?? '');
    if (name !== undefined) frame.address = name;
  }
  return all;
}

/** What something consists of, whatever its values are. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shape(part)]));
}

/** The shapes of all frames; how often each comes, and in which order, depends on the moment. */
function shapes({ frames }: Recorded): Set<string> {
  return new Set(
    frames.map(
      (frame) =>
        JSON.stringify(shape({ ...frame, is: undefined })) +
        (frame.type === 'send' ? ` ${String(frame.address)}` : ` ${frame.body?.kind as string}`),
    ),
  );
}

describe.skipIf(!real)('what was recorded from a server', () => {
  it('is what a server says today', async () => {
    const fresh = await talk();
    if (process.env.PARLEY_RECORD !== undefined) {
      writeFileSync(file, `${JSON.stringify(fresh)}\n`);
    }
    const old = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
    expect(shapes(fresh)).toEqual(shapes(old));
  });
});
