import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from '../src/client/ids';
import { seen, unheard, type Ahead } from '../src/state/ahead';
import { editable, lastOwn } from '../src/state/editing';
import type { Home } from '../src/state/home';
import { messageAt } from '../src/state/picks';
import { deletes } from '../src/state/rights';
import { message, type Message } from '../src/state/room';
import { say, settle, toast, undo } from '../src/views/status/toast';
import { until } from './clock';
import { entry, freshRoom, ME, said, YOU } from './entries';
import { Refusal } from './fake-commands';
import type { FakeRoom } from './fake-room';
import { FakeServer, type FakeAccount } from './fake-server';
import { visit } from './visitor';

let server: FakeServer;
let url: string;
let ada: FakeAccount;
let ben: FakeAccount;
let room: FakeRoom;
const homes: Home[] = [];
const stored = new Map<string, string>();

beforeEach(async () => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  server = new FakeServer();
  url = await server.listen();
  ada = server.account('Ada');
  ben = server.account('Ben');
  room = server.general;
});

afterEach(async () => {
  homes.splice(0).forEach((home) => home.stop());
  await server.close();
  vi.unstubAllGlobals();
});

async function open(account = ada): Promise<Home> {
  const home = visit(server, () => url, account);
  homes.push(home);
  await home.start();
  await until(() => home.rooms.listed.value);
  await home.rooms.show(room.id);
  return home;
}

/** What the log says of a message, and what its reader sees. */
function told(home: Home, seq: number): Message {
  return messageAt(home.rooms.get(room.id)!.peek(), seq)!;
}
const look = (home: Home, seq: number) => seen(told(home, seq), home.acts.peek(room.id, seq));
const commands = (name: string) =>
  server.sockets.flatMap(({ frames }) => frames.filter(({ address }) => address === name));
const refuse = (command: string, text: string, code = 4030) =>
  (server.before = (name) => {
    if (name === command) throw new Refusal(code, text);
    return true;
  });
const post = (by: FakeAccount, text: string, more = {}) =>
  server.post(room, by, text, uuidv7(), more).seq;

describe('other words', () => {
  it('are shown when the server has agreed, and not before', async () => {
    const seq = post(ada, 'helo');
    const home = await open();
    const { editing } = home.acts;
    editing.begin(room.id, told(home, seq), []);
    editing.write(room.id, seq, ' hello ');
    expect(look(home, seq).text).toBe('helo');
    expect(await editing.save(room.id, told(home, seq))).toBe(true);
    expect(look(home, seq)).toMatchObject({ text: 'hello', edited: true });
    await until(() => told(home, seq).text === 'hello');
    await until(() => home.acts.ahead.value.size === 0);
    expect(editing.open.value.size).toBe(0);
  });

  it('stay where they are when the server refuses, and the same again is the same deed', async () => {
    const seq = post(ada, 'helo');
    const home = await open();
    const { editing } = home.acts;
    const edit = () => editing.open.value.get(`${room.id} ${seq}`);
    editing.begin(room.id, told(home, seq), []);
    editing.write(room.id, seq, 'hello');
    const cids: unknown[] = [];
    server.before = (name, { cid }) => {
      if (name !== 'messages.edit') return true;
      cids.push(cid);
      throw new Refusal(4130, 'TOO_LARGE limit=500: a message may be edited at most 500 times');
    };
    for (const tries of [1, 2]) {
      expect(await editing.save(room.id, told(home, seq))).toBe(false);
      expect(cids).toHaveLength(tries);
    }
    expect(edit()).toMatchObject({ text: 'hello', busy: false, failure: { reason: 'TOO_LARGE' } });
    expect(cids[0]).toBe(cids[1]);
    editing.write(room.id, seq, 'hello!');
    expect(edit()?.failure).toBeUndefined();
    await editing.save(room.id, told(home, seq));
    expect(cids[2]).not.toBe(cids[0]);
    editing.cancel(room.id, seq);
    expect([edit(), look(home, seq).text]).toEqual([undefined, 'helo']);
  });

  it('mention whom they mentioned, and whom they mention now, while the name stands there', async () => {
    const seq = post(ada, 'ask @Ben', { mentions: [ben.id] });
    const home = await open();
    const { editing } = home.acts;
    const edit = async (text: string) => {
      editing.begin(room.id, told(home, seq), [{ id: ben.id, name: 'Ben' }]);
      editing.write(room.id, seq, text);
      await editing.save(room.id, told(home, seq));
      await until(() => told(home, seq).text === text);
      return told(home, seq).mentions;
    };
    expect(await edit('do ask @Ben')).toEqual([ben.id]);
    expect(await edit('do not ask')).toEqual([]);
  });

  it('survive that the page is loaded anew, until they are saved', async () => {
    const [first, second] = [post(ada, 'one'), post(ada, 'two')];
    const before = await open();
    for (const seq of [first, second]) {
      before.acts.editing.begin(room.id, told(before, seq), []);
      before.acts.editing.write(room.id, seq, `better ${seq}`);
    }
    const { editing } = (await open()).acts;
    editing.resume(room.id);
    expect([...editing.open.value.values()].map(({ text }) => text)).toEqual([
      `better ${first}`,
      `better ${second}`,
    ]);
    editing.cancel(room.id, first);
    editing.resume(room.id);
    expect(editing.open.value.size).toBe(1);
    const next = (await open()).acts.editing;
    next.resume(room.id);
    expect([...next.open.value.keys()]).toEqual([`${room.id} ${second}`]);
    // What is being saved is written on no more.
    next.cancel(room.id, second);
    expect([...stored.keys()].filter((key) => key.endsWith('.edits'))).toEqual([]);
  });

  it('that say the same, or nothing, are not sent', async () => {
    const seq = post(ada, 'fine');
    const home = await open();
    const { editing } = home.acts;
    editing.begin(room.id, told(home, seq), []);
    editing.write(room.id, seq, '  ');
    expect(await editing.save(room.id, told(home, seq))).toBe(false);
    editing.write(room.id, seq, 'fine ');
    expect(await editing.save(room.id, told(home, seq))).toBe(true);
    expect([editing.open.value.size, commands('messages.edit').length]).toEqual([0, 0]);
  });

  it('are for the last thing one said oneself, that is one’s own and still there', () => {
    const items = [said(1, 1, ME), said(2, 2, ME), said(3, 3, ME), said(4, 4, YOU)].map((one) =>
      message(one),
    );
    const here = { ...freshRoom(), timeline: { ...freshRoom().timeline, items } };
    const plain = (one: Message) => one;
    expect(lastOwn(here.timeline, ME, plain)?.seq).toBe(3);
    expect(lastOwn(here.timeline, ME, (one) => ({ ...one, deleted: one.seq === 3 }))?.seq).toBe(2);
    expect(lastOwn({ ...here.timeline, newer: true }, ME, plain)).toBe(undefined);
    const other = { ...items[0]!, forwarded: { id: YOU, name: 'Ben' } };
    expect([editable(items[0]!, ME), editable(items[3]!, ME), editable(other, ME)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('deleting', () => {
  it('looks done at once, can be taken back, and is done when there is no way back', async () => {
    const seq = post(ada, 'oops');
    const home = await open();
    home.acts.remove(room.id, seq);
    expect(look(home, seq)).toMatchObject({ deleted: true, text: '' });
    home.acts.restore(room.id, seq);
    expect(look(home, seq)).toMatchObject({ deleted: false, text: 'oops' });
    await home.acts.send(room.id, seq);
    expect(commands('messages.delete')).toHaveLength(0);
    home.acts.remove(room.id, seq);
    await home.acts.send(room.id, seq);
    home.acts.restore(room.id, seq);
    await until(() => told(home, seq).deleted);
    await until(() => home.acts.ahead.value.size === 0);
    expect([look(home, seq).deleted, stored.size]).toEqual([true, 0]);
  });

  it('is taken back by a refusal, but not because somebody else was faster', async () => {
    const [mine, other] = [post(ada, 'mine'), post(ben, 'other')];
    const home = await open();
    home.acts.remove(room.id, other);
    await expect(home.acts.send(room.id, other)).rejects.toMatchObject({ reason: 'FORBIDDEN' });
    expect(look(home, other).deleted).toBe(false);
    refuse('messages.delete', 'GONE: this message was deleted', 4100);
    home.acts.remove(room.id, mine);
    await home.acts.send(room.id, mine);
    expect(home.acts.ahead.value.size).toBe(0);
  });

  it('is sent when the page is left, before anything else can happen', async () => {
    const seq = post(ada, 'oops');
    const home = await open();
    home.acts.remove(room.id, seq);
    home.stop();
    await until(() => room.entries.at(-1)?.kind === 'delete');
    expect(room.entries.at(-1)?.target).toBe(seq);
  });

  it('is tried again by the next visit when no answer came, and done once', async () => {
    const seq = post(ada, 'oops');
    const home = await open();
    let silent = true;
    server.before = (name) => !(silent && name === 'messages.delete');
    home.acts.remove(room.id, seq);
    home.stop();
    await until(() => commands('messages.delete').length === 1 || server.sockets.length === 0);
    silent = false;
    expect([...stored.keys()]).toContain(`parley.deleting.${ada.id}`);
    const next = await open();
    await until(() => told(next, seq).deleted);
    await until(() => !stored.has(`parley.deleting.${ada.id}`));
    expect(room.entries.filter(({ kind }) => kind === 'delete')).toHaveLength(1);
  });

  it('is for authors and moderators, not in an archive', () => {
    const held = (role: 'owner' | 'moderator' | 'member' | 'readonly' | undefined) => ({
      role,
      archived: false,
      mutedUntil: Infinity,
    });
    expect(deletes(held('readonly'), true)).toBe(true);
    expect(deletes(held('member'), false)).toBe(false);
    expect(deletes(held('moderator'), false)).toBe(true);
    expect(deletes(held(undefined), true)).toBe(false);
    expect(deletes({ ...held('owner'), archived: true }, true)).toBe(false);
  });
});

describe('reactions', () => {
  const thumbs = (home: Home, seq: number) =>
    look(home, seq).reactions.map(({ emoji, count, mine }) => `${emoji}${count}${mine ? '!' : ''}`);

  it('show at once, and count once when the log tells them', async () => {
    const seq = post(ben, 'tea?');
    const home = await open();
    const giving = home.acts.react(room.id, seq, '👍', true);
    expect(thumbs(home, seq)).toEqual(['👍1!']);
    expect(told(home, seq).reactions).toEqual([]);
    await giving;
    expect(thumbs(home, seq)).toEqual(['👍1!']);
    await until(() => told(home, seq).reactions.length === 1);
    await until(() => home.acts.ahead.value.size === 0);
    expect(thumbs(home, seq)).toEqual(['👍1!']);
    const taking = home.acts.react(room.id, seq, '👍', false);
    expect(thumbs(home, seq)).toEqual([]);
    await taking;
    await until(() => told(home, seq).reactions.length === 0);
  });

  it('are taken back when they are refused, beside what others give meanwhile', async () => {
    const seq = post(ben, 'tea?');
    const home = await open();
    const other = await open(ben);
    await other.acts.react(room.id, seq, '👍', true);
    await until(() => told(home, seq).reactions.length === 1);
    refuse('messages.react', 'MUTED: you are muted in this room', 4033);
    const refused = home.acts.react(room.id, seq, '👍', true);
    expect(thumbs(home, seq)).toEqual(['👍2!']);
    await expect(refused).rejects.toMatchObject({ reason: 'MUTED' });
    expect(thumbs(home, seq)).toEqual(['👍1']);
  });

  it('end as they were wanted last, however fast that changes', async () => {
    const seq = post(ben, 'tea?');
    const home = await open();
    const wishes = [true, false, true, false, true].map((wanted) =>
      home.acts.react(room.id, seq, '🎉', wanted),
    );
    expect(thumbs(home, seq)).toEqual(['🎉1!']);
    await Promise.all(wishes);
    await until(() => home.acts.ahead.value.size === 0);
    expect(thumbs(home, seq)).toEqual(['🎉1!']);
    expect(commands('messages.react')).toHaveLength(1);
    const back = [home.acts.react(room.id, seq, '🎉', false)];
    await until(() => commands('messages.unreact').length === 1);
    back.push(home.acts.react(room.id, seq, '🎉', true));
    await Promise.all(back);
    await until(() => home.acts.ahead.value.size === 0);
    expect(thumbs(home, seq)).toEqual(['🎉1!']);
  });

  it('that were given elsewhere meanwhile are as they are', async () => {
    const seq = post(ben, 'tea?');
    const home = await open();
    const entry = room.add('react', ada, { emoji: '👍' });
    entry.target = seq;
    await home.acts.react(room.id, seq, '👍', true);
    expect(home.acts.ahead.value.size).toBe(0);
  });

  it('survive a gap in the log', async () => {
    const seq = post(ben, 'tea?');
    const home = await open();
    let cut = true;
    server.before = (name) => {
      if (name === 'messages.react' && cut) {
        cut = false;
        server.sockets.forEach(({ ws }) => ws.terminate());
        return false;
      }
      return true;
    };
    const giving = home.acts.react(room.id, seq, '👍', true);
    post(ben, 'anybody?');
    await giving;
    await until(() => told(home, seq).reactions.length === 1);
    await until(() => home.acts.ahead.value.size === 0);
    expect(thumbs(home, seq)).toEqual(['👍1!']);
  });
});

describe('what is ahead of the log', () => {
  const ahead = (more: Partial<Ahead>): Ahead => ({
    room: 'r',
    target: 1,
    reacting: new Map(),
    ...more,
  });

  it('changes nothing that the log says by now', () => {
    const one = { ...message(said(1, 1)), reactions: [{ emoji: '👍', count: 2, mine: true }] };
    const wished = (wanted: boolean) =>
      ahead({ reacting: new Map([['👍', { wanted, busy: true, seq: undefined }]]) });
    expect(seen(one, wished(true)).reactions).toEqual(one.reactions);
    expect(seen(one, wished(false)).reactions).toEqual([{ emoji: '👍', count: 1, mine: false }]);
    const old = ahead({ reworded: { text: 'old', mentioning: {}, seq: 3 } });
    expect(seen({ ...one, text: 'new', rev: 5 }, old).text).toBe('new');
    const gone = message(entry('message', 1, { body: { deleted: true } }));
    expect(seen(gone, old)).toBe(gone);
  });

  it('ends with its entry, and not before', () => {
    const all = ahead({
      deleting: { sent: true, seq: 4 },
      reworded: { text: 'x', mentioning: {}, seq: 5 },
      reacting: new Map([
        ['👍', { wanted: true, busy: false, seq: 6 }],
        ['🎉', { wanted: true, busy: true, seq: 6 }],
      ]),
    });
    expect(unheard(all, 3)).toBe(all);
    expect(unheard(all, 4)).toMatchObject({ deleting: undefined, reworded: { seq: 5 } });
    expect([...unheard(all, 6)!.reacting.keys()]).toEqual(['🎉']);
    expect(unheard(ahead({ deleting: { sent: true, seq: 4 } }), 4)).toBeUndefined();
    expect(unheard(ahead({ deleting: { sent: false, seq: undefined } }), 9)).toBeDefined();
  });
});

describe('a word with a way back', () => {
  it('does what waits for it when the way back is gone, and nothing when it was gone', async () => {
    const done: string[] = [];
    const offer = (name: string) =>
      say({
        text: name,
        undo: () => Promise.resolve(done.push(`no ${name}`)),
        over: () => done.push(name),
      });
    offer('a');
    offer('b');
    expect(done).toEqual(['a']);
    await undo();
    expect([done, toast.value]).toEqual([['a', 'no b'], undefined]);
    offer('c');
    settle();
    settle();
    expect(done).toEqual(['a', 'no b', 'c']);
    say({ text: 'd' });
    settle();
    expect(toast.value?.text).toBe('d');
    say(undefined);
  });
});
