import { WebSocket } from 'ws';
import type { Renewing } from '../src/client/client';
import { wireOver, type Transport } from '../src/client/wire';
import type { FakeServer } from './fake-server';

/** A raw WebSocket from Node, on whatever the URL is at the time. */
export function transport(url: () => string): Transport {
  return (events) =>
    wireOver(
      new WebSocket(`${url().replace('http', 'ws')}/eventbus/websocket`)
        // Refused connections are told by the close that follows.
        .on('error', () => undefined),
      events,
    );
}

/** Tokens straight from the server, without a login. */
export function tokensOf(server: FakeServer, user: string): Renewing & { refreshes: number } {
  let held = server.token(user);
  return {
    refreshes: 0,
    token: () => Promise.resolve(held),
    refresh() {
      this.refreshes++;
      held = server.token(user);
      return Promise.resolve(held);
    },
    renewalDueMs: () => undefined,
  };
}
