import type { Account } from '../client/session';
import { uuidv7 } from '../client/ids';
import type { Tabs } from './outbox';

const ME = 'parley.me';

/** Small things that this browser remembers. Where storage is refused they are forgotten, and nothing else happens. */
export const memory = {
  get(key: string): string | undefined {
    try {
      return localStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set(key: string, value: string | undefined): void {
    try {
      if (value === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Full or forbidden: then not.
    }
  },
  clear(prefix: string): void {
    try {
      Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .forEach((key) => localStorage.removeItem(key));
    } catch {
      // Nothing was kept.
    }
  },
};

/** Who was signed in last; that they still are, only the server can say. */
export function lastAccount(): Account | undefined {
  try {
    const account = JSON.parse(memory.get(ME) ?? 'null') as Account | null;
    return account ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberAccount(account: Account | undefined): void {
  memory.set(
    ME,
    account && JSON.stringify({ id: account.id, name: account.name, username: account.username }),
  );
}

function reminderKey(user: string): string {
  return `parley.unconfirmed.${user}`;
}

/** Whether somebody wants to hear in this browser that their address has yet to be proved. */
export function wantsReminder(user: string): boolean {
  return memory.get(reminderKey(user)) === undefined;
}

/** Remembers whether they do. */
export function rememberReminder(user: string, wanted: boolean): void {
  memory.set(reminderKey(user), wanted ? undefined : 'later');
}

const SIGNING_OUT = 'parley.signing-out';

/** Whether somebody has signed out here, and the server has yet to be told. */
export function signingOut(): boolean {
  return memory.get(SIGNING_OUT) !== undefined;
}

export function rememberSigningOut(yes: boolean): void {
  memory.set(SIGNING_OUT, yes ? 'yes' : undefined);
}

const PREFIX = 'parley.tab.';

/** Names this tab by a lock that it holds as long as it lives. */
export function liveTabs(): Tabs {
  const own = uuidv7();
  if (!('locks' in navigator)) {
    return { own, alive: () => Promise.resolve(new Set()), whenGone: () => undefined };
  }
  void navigator.locks.request(PREFIX + own, () => new Promise(() => undefined));
  return {
    own,
    async alive() {
      const { held } = await navigator.locks.query();
      const names = (held ?? []).map((lock) => lock.name ?? '');
      return new Set(
        names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)),
      );
    },
    whenGone(tab, work) {
      // Granted when its holder ends, however it ends; given back at once, because a held one means life.
      navigator.locks
        .request(PREFIX + tab, () => undefined)
        .then(work)
        .catch(() => undefined);
    },
  };
}

/** Where somebody was in rooms, in this tab. */
export function forgetPlaces(): void {
  try {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith('parley.place.'))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Nothing was kept.
  }
}

/** How tabs of one browser tell each other a word; who tells it does not hear it. */
export interface AcrossTabs {
  tell(word: string): void;
  hear(listener: (word: string) => void): void;
  close(): void;
}

/** That an account was deleted: whose. */
export const GONE = 'parley.gone';
/** That what somebody says of themselves, or wants to be called for, is not as it was: who. */
export const PROFILE = 'parley.profile';
/** What somebody was called for. */
export const CALLED = 'parley.called';

export function acrossTabs(what: typeof GONE | typeof PROFILE | typeof CALLED): AcrossTabs {
  if (!('BroadcastChannel' in globalThis)) {
    return { tell: () => undefined, hear: () => undefined, close: () => undefined };
  }
  const channel = new BroadcastChannel(what);
  return {
    tell: (word) => channel.postMessage(word),
    close: () => channel.close(),
    hear: (listener) =>
      channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      }),
  };
}

/** One of the tabs of a browser, which does for all of them what is to be done once. */
export interface Leadership {
  readonly own: boolean;
  end(): void;
}

/**
 * Takes the lead when nobody has it any more. Without locks every tab leads.
 *
 * @param begun told when this tab has taken it
 */
export function leadership(name: string, begun: () => void): Leadership {
  if (!('locks' in navigator)) return { own: true, end: () => undefined };
  const leading = { own: false, end: (): void => undefined };
  const ended = new Promise<void>((end) => (leading.end = end));
  const giving = new AbortController();
  void ended.then(() => giving.abort());
  navigator.locks
    .request(name, { signal: giving.signal }, () => {
      leading.own = true;
      begun();
      return ended.then(() => void (leading.own = false));
    })
    .catch(() => undefined);
  return leading;
}
