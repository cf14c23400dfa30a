import { uuidv7 } from '../src/client/ids';
import { Rest } from '../src/client/rest';
import { Session, type Exclusively } from '../src/client/session';
import { App } from '../src/state/app';
import { Keepsakes } from '../src/state/keepsakes';
import { OutboxStore } from '../src/state/outbox-store';
import { transport } from './sockets';

/** A browser's cookies, and one request at a time where its tabs agree on that. */
export class Jar {
  /** What answers wait for. */
  slow: Promise<unknown> = Promise.resolve();
  /** Nothing gets out, or what is answered does not get in. */
  network: 'good' | 'out' | 'deaf' = 'good';
  private cookie = '';
  private last: Promise<unknown> = Promise.resolve();

  /** Requests as a tab of this browser makes them. */
  rest(url: () => string): Rest {
    return new Rest('', async (path, init) => {
      if (this.network === 'out') throw new TypeError('there is no network');
      const headers = new Headers(init?.headers);
      const cookies = init?.credentials !== 'omit';
      if (cookies && this.cookie) headers.set('cookie', this.cookie);
      const response = await fetch(`${url()}${path as string}`, { ...init, headers });
      await this.slow;
      if (this.network !== 'good') throw new TypeError('the network is gone');
      const given = response.headers.get('set-cookie');
      if (cookies && given !== null) this.cookie = given.split(';')[0] ?? '';
      return response;
    });
  }

  /** The app in a tab of this browser; a disk of its own unless it is given one. */
  app(url: () => string, disk = uuidv7()): App {
    const rest = this.rest(url);
    return new App(
      {
        transports: [transport(url)],
        outbox: new OutboxStore(`outbox-${disk}`),
        keepsakes: new Keepsakes(`rooms-${disk}`),
        tabs: { own: uuidv7(), alive: () => Promise.resolve(new Set()), whenGone: () => undefined },
        soon: (work) => setTimeout(work, 0),
      },
      rest,
      new Session(rest, this.exclusively),
    );
  }

  exclusively: Exclusively = (work) => {
    const mine = this.last.then(work, work);
    this.last = mine;
    return mine;
  };
}
