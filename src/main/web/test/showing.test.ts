import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call } from '../src/state/caller';

const CALL: Call = {
  room: 'hall',
  seq: 5,
  thread: undefined,
  who: 'Ann',
  where: undefined,
  text: 'a secret',
};

/** A browser with the switches that all of its tabs share. */
const kept = new Map<string, string>();
let stored: boolean;
let page: EventTarget;
let bodies: string[];

class Shown {
  static permission: NotificationPermission = 'default';
  static requestPermission(): Promise<NotificationPermission> {
    Shown.permission = 'granted';
    return Promise.resolve('granted');
  }
  onclick: (() => void) | undefined;
  constructor(_title: string, { body }: { body: string }) {
    bodies.push(body);
  }
}

beforeEach(() => {
  kept.clear();
  stored = true;
  page = new EventTarget();
  bodies = [];
  Shown.permission = 'default';
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (!stored) throw new Error('storage is refused');
      kept.set(key, value);
    },
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('location', { pathname: '/' });
  vi.stubGlobal('Notification', Shown);
  vi.stubGlobal('window', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => void vi.unstubAllGlobals());

/** A tab has read all that it knows when it was opened. */
async function tab() {
  vi.resetModules();
  const calls = await import('../src/state/device-calls');
  const { show } = await import('../src/views/calling/show');
  return { ...calls, show };
}

/** What a browser tells the other tabs when one has written something. */
function tell(key: string | null): void {
  page.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

describe('what one tab chooses', () => {
  it('goes for the one that calls, at once', async () => {
    const [leading, other] = [await tab(), await tab()];
    leading.show(CALL);
    await other.ask();
    leading.show(CALL);
    other.previewed.choose(false);
    leading.show(CALL);
    other.shown.choose(false);
    leading.show(CALL);
    expect(bodies).toEqual(['a secret', 'New message']);
  });

  it('is seen in the others, as long as they look', async () => {
    const [one, other] = [await tab(), await tab()];
    const end = one.lookAcrossTabs();
    await other.ask();
    tell('parley.looking');
    expect(one.shown.is.value).toBe(false);
    tell('parley.calls.shown');
    expect([one.shown.is.value, one.permission.value]).toEqual([true, 'granted']);
    end();
    other.shown.choose(false);
    tell('parley.calls.shown');
    expect(one.shown.is.value).toBe(true);
  });

  it('stands in that tab where nothing can be kept', async () => {
    stored = false;
    const one = await tab();
    await one.ask();
    one.previewed.choose(false);
    one.lookAgain();
    one.show(CALL);
    expect(bodies).toEqual(['New message']);
  });
});
