import 'fake-indexeddb/auto';
import { uuidv7 } from '../src/client/ids';
import { Home } from '../src/state/home';
import { Keepsakes } from '../src/state/keepsakes';
import { OutboxStore } from '../src/state/outbox-store';
import type { FakeServer } from './fake-server';
import { tokensOf, transport } from './sockets';

/** Somebody with the app open. Visits with one disk are the same browser at different times. */
export function visit(
  server: FakeServer,
  url: () => string,
  account: { id: string; name: string },
  disk = uuidv7(),
): Home {
  return new Home(
    account,
    {
      transports: [transport(url)],
      tokens: tokensOf(server, account.id),
      outbox: new OutboxStore(`outbox-${disk}`),
      keepsakes: new Keepsakes(`rooms-${disk}`),
      tabs: { own: uuidv7(), alive: () => Promise.resolve(new Set()), whenGone: () => undefined },
      soon: (work) => setTimeout(work, 0),
    },
    () => undefined,
  );
}

/** The texts of a room as this visitor sees them. */
export function texts(home: Home, room: string): string[] {
  const items = home.rooms.get(room)?.value.timeline.items ?? [];
  return items.flatMap((item) => (item.is === 'message' ? [item.text] : []));
}
