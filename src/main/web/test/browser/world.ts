import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { Client } from '../../src/client/client';
import { uuidv7 } from '../../src/client/ids';
import type { SignedIn } from '../../src/client/session';
import { FakeServer } from '../fake-server';
import { transport } from '../sockets';
import { Gate } from './gate';
import { PASSWORD } from './page';

const endpoint = inject('browser');
export const hasChromium = endpoint !== undefined;
/** The tests run against a real server. */
export const real = process.env.PARLEY_URL !== undefined;

/** Somebody with an account, and a socket of their own outside of any browser. */
export interface Guest {
  name: string;
  username: string;
  password: string;
  id: string;
  client: Client;
}

export interface View {
  width: number;
  height: number;
  theme: 'light' | 'dark';
}

export const DESKTOP: View = { width: 1280, height: 800, theme: 'light' };
export const PHONE: View = { width: 390, height: 844, theme: 'light' };

/** Both widths and both themes, each once; with PARLEY_VIEWS=all each with each. */
export const VIEWS: readonly View[] = [DESKTOP, PHONE].flatMap((view) =>
  [view, { ...view, theme: 'dark' as const }].filter(
    ({ theme }) => process.env.PARLEY_VIEWS === 'all' || (view === PHONE) === (theme === 'dark'),
  ),
);

/** A browser and a server: the one at PARLEY_URL, or the one in memory. */
export class World {
  readonly complaints: string[] = [];
  private readonly guests: Guest[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(
    /** Where browsers go. */
    readonly url: string,
    readonly gate: Gate,
    private readonly direct: string,
    readonly browser: Browser,
    readonly server: FakeServer | undefined,
  ) {}

  static async start(): Promise<World> {
    const browser = await chromium.connect(endpoint ?? '');
    const server = real ? undefined : new FakeServer();
    const direct = process.env.PARLEY_URL ?? (await server?.listen()) ?? '';
    const gate = new Gate(new URL(direct), server === undefined);
    return new World(await gate.listen(), gate, direct, browser, server);
  }

  async stop(): Promise<void> {
    this.guests.forEach(({ client }) => client.stop());
    await this.browser.close();
    await this.gate.close();
    await this.server?.close();
  }

  /** Closes every page, and forgets who was signed in. */
  async clear(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** One that nobody has. */
  username(): string {
    return `u${uuidv7().slice(-10)}`;
  }

  /** Signs somebody up; the name on the screen is as given, the username is new each time. */
  async guest(name: string): Promise<Guest> {
    const username = this.username();
    const password = PASSWORD;
    const answer = await this.post('register', { name, username, password });
    const token = () => Promise.resolve(answer.token);
    const client = new Client(
      [transport(() => this.direct)],
      { token, refresh: token, renewalDueMs: () => undefined },
      { state: () => undefined, opened: () => undefined },
    );
    client.start();
    const guest = { name, username, password, id: answer.userId, client };
    this.guests.push(guest);
    return guest;
  }

  /** A page of a browser where nobody is signed in. */
  async page(view: View = DESKTOP): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: view.width, height: view.height },
      colorScheme: view.theme,
      hasTouch: view.width < 600,
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    this.contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') this.complaints.push(line.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.url)) this.complaints.push(`request to ${request.url()}`);
    });
    return page;
  }

  /** A page of the app where a guest is signed in. */
  async open(guest: Guest, view: View = DESKTOP, path = '/'): Promise<Page> {
    const page = await this.page(view);
    await this.enter(page, guest);
    if (path !== '/') await page.goto(this.url + path);
    return page;
  }

  /** Signs a guest in by the form. */
  async enter(page: Page, guest: Guest): Promise<void> {
    await page.goto(`${this.url}/signin`);
    await page.getByLabel('Username, e-mail or phone').fill(guest.username);
    await page.getByLabel('Password', { exact: true }).fill(guest.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Chats' }).waitFor();
  }

  private async post(path: string, body: object): Promise<SignedIn> {
    const response = await fetch(`${this.direct}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as SignedIn;
  }
}

/** Says something in a room, one after the other. */
export async function say(guest: Guest, room: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await guest.client.read('messages.post', { room, cid: uuidv7(), text });
  }
}

/** Has several people say much in a room, as fast as they can, which is in no certain order. */
export async function fill(guests: Guest[], room: string, texts: string[]): Promise<void> {
  const rest = texts.values();
  await Promise.all(
    guests.map(async (guest) => {
      for (const text of rest) {
        await guest.client.call('messages.post', { room, cid: uuidv7(), text });
      }
    }),
  );
}
