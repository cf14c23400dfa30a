import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Choice, PresenceNews } from '../src/client/presence';
import { Presence } from '../src/state/presence';

const ME = 'me';

/** A connection that answers as it is told. */
class Fake {
  connected = true;
  calls: { command: string; body: { users?: string[]; state?: string } }[] = [];
  answer: () => Promise<PresenceNews> = () =>
    Promise.resolve({ version: this.calls.length, known: true, people: [] });

  /** What one has chosen, as the server keeps it whether or not it knows who is here. */
  chosen: Choice = 'online';

  call = ((command: string, body: { state?: string }) => {
    this.calls.push({ command, body });
    if (command === 'presence.watch') return this.answer();
    if (body.state === 'active' || body.state === 'away') return Promise.resolve({});
    this.chosen = (body.state as Choice | undefined) ?? this.chosen;
    return Promise.resolve({ state: this.chosen });
  }) as never;

  get watched(): (string[] | undefined)[] {
    return this.calls
      .filter((one) => one.command === 'presence.watch')
      .map((one) => one.body.users);
  }
}

describe('presence', () => {
  let fake: Fake;
  let presence: Presence;

  beforeEach(() => {
    vi.useFakeTimers();
    fake = new Fake();
    presence = new Presence(fake, ME);
  });
  afterEach(() => void vi.useRealTimers());

  const soon = () => vi.advanceTimersByTimeAsync(300);

  it('watches who is shown, all at once, and nobody twice', async () => {
    presence.opened();
    await soon();
    const hide = presence.want('ann');
    presence.want('bob');
    presence.want('ann');
    await soon();
    expect(fake.watched).toEqual([[ME], [ME, 'bob', 'ann']]);
    hide();
    presence.want('cem');
    await soon();
    expect(fake.watched.at(-1)).toEqual([ME, 'bob', 'ann', 'cem']);
  });

  it('watches no more than two hundred, the latest', async () => {
    for (let i = 0; i < 300; i++) presence.want(`p${i}`);
    presence.opened();
    await soon();
    expect(fake.watched[0]).toHaveLength(200);
    expect(fake.watched[0]?.[0]).toBe(ME);
    expect(fake.watched[0]?.at(-1)).toBe('p299');
  });

  it('takes what is new, and asks again when something is missing', async () => {
    presence.want('ann');
    presence.opened();
    await soon();
    presence.heard({ version: 2, known: true, people: [{ user: 'ann', state: 'online' }] });
    expect(presence.of('ann')?.state).toBe('online');
    presence.heard({ version: 1, known: true, people: [{ user: 'ann', state: 'away' }] });
    expect(presence.of('ann')?.state).toBe('online');
    presence.heard({ version: 4, known: true, people: [] });
    await soon();
    expect(fake.watched).toHaveLength(2);
  });

  it('shows nothing while it is not known who is here', async () => {
    presence.opened();
    await soon();
    presence.heard({ version: 2, known: true, people: [{ user: 'ann', state: 'online' }] });
    presence.heard({ version: 3, known: false, people: [] });
    expect(presence.of('ann')).toBeUndefined();
    presence.heard({ version: 4, known: true, people: [{ user: 'ann', state: 'dnd' }] });
    presence.lost();
    expect(presence.of('ann')).toBeUndefined();
  });

  it('remembers that one does not want to be disturbed while nothing is known', async () => {
    presence.opened();
    await soon();
    presence.heard({ version: 2, known: true, people: [{ user: ME, state: 'dnd' }] });
    presence.heard({ version: 3, known: false, people: [] });
    expect(presence.resting()).toBe(true);
    presence.heard({ version: 4, known: true, people: [{ user: 'ann', state: 'online' }] });
    expect(presence.resting()).toBe(true);
    presence.lost();
    vi.advanceTimersByTime(3_600_000);
    presence.opened();
    expect(presence.resting()).toBe(true);
    fake.answer = () =>
      Promise.resolve({ version: 1, known: true, people: [{ user: ME, state: 'away' }] });
    await soon();
    expect(presence.resting()).toBe(false);
  });

  it('takes it that one rests until it is known, for a while', async () => {
    fake.answer = () => new Promise(() => undefined);
    expect(presence.resting()).toBe(true);
    presence.opened();
    await soon();
    expect(presence.resting()).toBe(true);
    presence.lost();
    vi.advanceTimersByTime(10_000);
    presence.opened();
    await soon();
    expect(presence.resting()).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(presence.resting()).toBe(false);
  });

  it('asks what one has chosen where it is not known who is here', async () => {
    fake.answer = () => Promise.resolve({ version: 1, known: false, people: [] });
    fake.chosen = 'dnd';
    presence.opened();
    await soon();
    vi.advanceTimersByTime(3_600_000);
    expect(presence.resting()).toBe(true);
    await presence.choose({ state: 'online' });
    expect(presence.resting()).toBe(false);
    await presence.choose({ state: 'dnd' });
    await soon();
    expect(presence.resting()).toBe(true);
    const sets = fake.calls.filter((one) => one.command === 'presence.set');
    expect(sets.map((one) => one.body.state)).toEqual([undefined, 'online', 'dnd']);
  });

  it('says that nobody uses the device, once, and again to a new connection', async () => {
    presence.rest(false);
    presence.rest(true);
    presence.rest(true);
    expect(fake.calls.map((one) => one.body.state)).toEqual(['away']);
    presence.opened();
    expect(fake.calls.map((one) => one.body.state)).toEqual(['away', 'away']);
    presence.rest(false);
    expect(fake.calls.at(-1)?.body.state).toBe('active');
    await soon();
  });
});
