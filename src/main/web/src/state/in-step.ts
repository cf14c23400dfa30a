import { effect } from '@preact/signals';
import type { AcrossTabs } from './browser';
import type { Home } from './home';

/** Coming back again and again asks no more often than this. */
const AGAIN_MS = 5_000;

/** Keeps what one has said of oneself as it was left in other tabs and on other devices. */
export interface InStep {
  /** Somebody has come back to this tab, perhaps from another device. */
  look(): void;
  end(): void;
}

/**
 * Reads one's profile on each connection, when another tab says so, and when somebody comes back. The server tells
 * nobody what has become different, so a tab that finds out tells the others: one of them calls for all.
 */
export function keepInStep(
  { profile, me, connection }: Pick<Home, 'profile' | 'me' | 'connection'>,
  tabs: AcrossTabs,
): InStep {
  let lookedAt = -Infinity;
  const read = async () => {
    lookedAt = Date.now();
    const before = profile.value.peek()?.notifications;
    await profile.read();
    if (profile.value.peek()?.notifications !== before) tabs.tell(me.id);
  };
  const quietly = (work: Promise<void>) => void work.catch(() => undefined);
  profile.changed = () => tabs.tell(me.id);
  // Without a word to the others: they have heard it, too.
  tabs.hear((user) => {
    if (user === me.id) quietly(profile.read());
  });
  const stop = effect(() => {
    if (connection.value.is === 'open') quietly(read());
  });
  return {
    look() {
      if (Date.now() - lookedAt >= AGAIN_MS) quietly(read());
    },
    end() {
      stop();
      profile.changed = () => undefined;
      tabs.close();
    },
  };
}
