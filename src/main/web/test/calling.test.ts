import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Calls } from '../src/client/people';
import type { Entry } from '../src/client/protocol';
import { calls, type Situation } from '../src/state/calling';
import { Caller, type Call } from '../src/state/caller';
import { Looking } from '../src/state/looking';
import type { RoomState } from '../src/state/room';

const ME = 'me';
const ANN = { id: 'ann', name: 'Ann' };
const NOW = Date.parse('2026-11-22T12:00:00Z');

const hall = {
  id: 'hall',
  type: 'public',
  name: 'Hall',
  read: 0,
  notifications: 'all',
} as RoomState;
const pair = { ...hall, id: 'pair', type: 'direct', name: 'Ann' } as RoomState;
const snoozed = { snoozedUntil: NOW + 60_000 };

function said(body: object = {}, more: Partial<Entry> = {}): Entry {
  return {
    kind: 'message',
    seq: 5,
    cursor: 'c',
    at: new Date(NOW - 1_000).toISOString(),
    author: ANN,
    body: { text: 'hello', ...body },
    ...more,
  };
}

const nobodys = said();
delete nobodys.author;

function now(more: Partial<Situation> = {}): Situation {
  return { me: ME, wants: 'mentions', resting: false, looking: undefined, now: NOW, ...more };
}

describe('a message', () => {
  const plain = said();
  const named = said({ mentions: ['bob', ME] });
  const everybody = said({ mentionsRoom: true });
  const aside = said({}, { thread: 2 });
  const asideNamed = said({ mentions: [ME] }, { thread: 2 });

  it.each<[string, Calls, RoomState, Entry, boolean]>([
    ['any', 'all', hall, plain, true],
    ['any', 'mentions', hall, plain, false],
    ['any', 'nothing', hall, plain, false],
    ['one that names somebody else', 'mentions', hall, said({ mentions: ['bob'] }), false],
    ['one that names me', 'mentions', hall, named, true],
    ['one that names me', 'nothing', hall, named, false],
    ['one for everybody', 'mentions', hall, everybody, true],
    ['one to me alone', 'mentions', pair, plain, true],
    ['one to me alone', 'nothing', pair, plain, false],
    ['one in a thread', 'all', hall, aside, false],
    ['one in a thread that names me', 'mentions', hall, asideNamed, true],
    ['one in a thread, to me alone', 'mentions', pair, aside, true],
    ['any in a quiet room', 'all', { ...hall, notifications: 'mentions' }, plain, false],
    [
      'one that names me in a quiet room',
      'all',
      { ...hall, notifications: 'mentions' },
      named,
      true,
    ],
    ['one that names me in a mute room', 'all', { ...hall, notifications: 'none' }, named, false],
    [
      'one to me alone in a quiet room',
      'all',
      { ...pair, notifications: 'mentions' },
      plain,
      false,
    ],
    ['any in a room that is snoozed', 'all', { ...hall, ...snoozed }, plain, false],
    ['one that names me in a room that is snoozed', 'all', { ...hall, ...snoozed }, named, true],
    ['any in a room that was snoozed', 'all', { ...hall, snoozedUntil: NOW - 1 }, plain, true],
  ])('%s, where I want %s', (_, wants, room, entry, expected) => {
    expect(calls(room, entry, now({ wants }))).toBe(expected);
  });

  it.each<[string, RoomState, Entry, Partial<Situation>]>([
    ['of mine', hall, said({}, { author: { id: ME, name: 'Me' } }), {}],
    ['of the server', hall, nobodys, {}],
    ['that is none', hall, said({}, { kind: 'join' }), {}],
    ['that is deleted by now', hall, said({}, { state: { rev: 6, deleted: true } }), {}],
    ['of three minutes ago', hall, said({}, { at: new Date(NOW - 180_000).toISOString() }), {}],
    ['that I have read elsewhere', { ...hall, read: 5 }, said(), {}],
    ['while I rest', pair, said(), { resting: true }],
    ['in the room that I look at', hall, said(), { looking: 'hall' }],
  ])('%s calls nobody', (_, room, entry, situation) => {
    expect(calls(room, entry, now({ wants: 'all', ...situation }))).toBe(false);
  });

  it('in another room than the one that is looked at calls', () => {
    expect(calls(hall, said(), now({ wants: 'all', looking: 'pair' }))).toBe(true);
  });
});

describe('the caller', () => {
  let shown: Call[];
  let leads: boolean;
  let wants: Calls | undefined;
  let told: string[];

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    shown = [];
    leads = true;
    wants = 'all';
    told = [];
  });
  afterEach(() => void vi.useRealTimers());

  function caller(): Caller {
    return new Caller({
      me: ME,
      wants: () => wants,
      resting: () => false,
      looking: () => undefined,
      leads: () => leads,
      show: (call) => shown.push(call),
      tell: (tag) => told.push(tag),
    });
  }

  it('says who wrote what, and where unless it is to one alone', () => {
    const one = caller();
    one.heard(hall, said());
    one.heard(pair, said({ text: 'x'.repeat(500) }));
    expect(shown[0]).toEqual({
      room: 'hall',
      seq: 5,
      thread: undefined,
      who: 'Ann',
      where: 'Hall',
      text: 'hello',
    });
    expect(shown[1]?.where).toBeUndefined();
    expect(Array.from(shown[1]?.text ?? '')).toHaveLength(200);
  });

  it('is silent in tabs that do not lead, and while it is not known what is wanted', () => {
    const one = caller();
    leads = false;
    one.heard(hall, said());
    leads = true;
    wants = undefined;
    one.heard(hall, said());
    expect(shown).toEqual([]);
  });

  it('calls for a few of many that come at once, and goes on after a while', () => {
    const one = caller();
    for (let seq = 1; seq <= 20; seq++) one.heard(hall, said({}, { seq }));
    expect(shown.map((call) => call.seq)).toEqual([1, 2, 3, 4]);
    vi.advanceTimersByTime(6_000);
    one.heard(hall, said({}, { seq: 21 }));
    expect(shown.at(-1)?.seq).toBe(21);
  });

  it('calls for what came while no tab did, when its tab takes the lead', () => {
    const one = caller();
    leads = false;
    one.heard(hall, said({}, { seq: 1 }));
    vi.advanceTimersByTime(60_000);
    one.heard(hall, said({}, { at: new Date().toISOString(), seq: 2 }));
    one.heard(hall, said({}, { at: new Date().toISOString(), seq: 3 }));
    leads = true;
    one.lead();
    // The tab that had the lead called for one of them, and its word comes last.
    one.called('hall 2');
    one.heard(hall, said({}, { at: new Date().toISOString(), seq: 4 }));
    vi.advanceTimersByTime(60_000);
    expect(shown.map((call) => call.seq)).toEqual([4, 3]);
    expect(told).toEqual(['hall 4', 'hall 3']);
  });

  it('tells the other tabs also of what was too much to be called for', () => {
    const one = caller();
    for (let seq = 1; seq <= 6; seq++) one.heard(hall, said({}, { seq }));
    expect(shown).toHaveLength(4);
    expect(told).toHaveLength(6);
  });
});

describe('what is looked at', () => {
  const kept = new Map<string, string>();

  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    kept.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is the room of the tab in front, for all tabs', () => {
    let inFront = 1;
    const one = new Looking(() => inFront === 1);
    const two = new Looking(() => inFront === 2);
    one.at('hall');
    two.at('pair');
    expect([one.now(), two.now()]).toEqual(['hall', 'hall']);
    inFront = 2;
    // The tab that comes to the front may hear of it before the other hears that it left.
    two.look();
    one.look();
    expect(one.now()).toBe('pair');
    inFront = 0;
    two.look();
    expect(one.now()).toBeUndefined();
    one.stop();
    two.stop();
  });

  it('is forgotten when its tab ended without a word, and lasts while it lives', () => {
    const one = new Looking(() => true);
    one.at('hall');
    vi.advanceTimersByTime(120_000);
    expect(one.now()).toBe('hall');
    const witness = new Looking(() => false);
    const said = kept.get('parley.looking')!;
    one.stop();
    kept.set('parley.looking', said);
    vi.advanceTimersByTime(30_000);
    expect(witness.now()).toBeUndefined();
  });
});
