import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceNews } from '../src/client/presence';
import { Presence } from '../src/state/presence';

const ME = 'me';

/** A connection that answers as it is told. */
class Fake {
  connected = true;
  calls: { command: string; body: { users?: string[]; state?: string } }[] = [];
  answer: () => Promise<PresenceNews> = () =>
    Promise.resolve({ version: this.calls.length, known: true, people: [] });

  call = ((command: string, body: object) => {
    this.calls.push({ command, body });
    return this.answer();
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
    expect(presence.all.value.size).toBe(0);
    presence.heard({ version: 4, known: true, people: [{ user: 'ann', state: 'dnd' }] });
    presence.lost();
    expect(presence.all.value.size).toBe(0);
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
