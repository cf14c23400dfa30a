import { effect } from '@preact/signals';
import { Backoff } from '../client/backoff';
import type { AcrossTabs } from './browser';
import type { Home } from './home';

/** Coming back again and again asks no more often than this. */
const AGAIN_MS = 5_000;
/** What cannot be read now is asked for again after this long at first, and after this long at most. */
const RETRY_MS = { first: 5_000, most: 300_000 };

/** Keeps what one has said of oneself as it was left in other tabs and on other devices. */
export interface InStep {
  /** Somebody has come back to this tab, perhaps from another device. */
  look(): void;
  end(): void;
}

/**
 * Reads one's profile on each connection, when another tab says so, and when somebody comes back. The server tells
 * nobody what has become different, so a tab that finds out tells the others: one of them calls for all. While it cannot
 * be read nobody is called, so it is asked for until it is known.
 */
export function keepInStep(
  { profile, me, connection }: Pick<Home, 'profile' | 'me' | 'connection'>,
  tabs: AcrossTabs,
  retry = RETRY_MS,
): InStep {
  const backoff = new Backoff(retry.first, retry.most);
  let again: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = -Infinity;
  let ended = false;
  const read = async (tell: boolean) => {
    clearTimeout(again);
    lookedAt = Date.now();
    const before = profile.value.peek()?.notifications;
    try {
      await profile.read();
      backoff.reset();
    } catch {
      clearTimeout(again);
      if (!ended) again = setTimeout(() => void read(tell), backoff.next());
      return;
    }
    if (tell && !ended && profile.value.peek()?.notifications !== before) tabs.tell(me.id);
  };
  profile.changed = () => tabs.tell(me.id);
  // Without a word to the others: they have heard it, too.
  tabs.hear((user) => {
    if (user === me.id) void read(false);
  });
  const stop = effect(() => {
    if (connection.value.is === 'open') void read(true);
  });
  return {
    look() {
      if (Date.now() - lookedAt >= AGAIN_MS) void read(true);
    },
    end() {
      ended = true;
      clearTimeout(again);
      stop();
      profile.changed = () => undefined;
      tabs.close();
    },
  };
}
