import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registrations, remembered, shown, texts, write } from './page';
import { hasChromium, real, say, World, type Guest } from './world';

const MISSED = ['missed 1', 'missed 2', 'missed 3'];
const MINE = ['mine 1', 'mine 2'];

let world: World;
let ada: Guest;
let ben: Guest;

async function room(name: string): Promise<string> {
  const { id } = await ben.client.call('rooms.create', {
    name: `${name} ${Date.now()}`,
    type: 'public',
  });
  await ada.client.read('rooms.join', { room: id });
  return id;
}

/** What the server has, which is the truth. */
async function stored(id: string): Promise<unknown[]> {
  const { entries } = await ben.client.read('messages.history', { room: id });
  return entries.filter(({ kind }) => kind === 'message').map(({ body }) => body?.text);
}

/** Waits until the app itself would open without a network. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
}

describe.skipIf(!hasChromium)('a network', () => {
  beforeAll(async () => {
    world = await World.start();
    ada = await world.guest('Ada');
    ben = await world.guest('Ben');
  });
  afterEach(async () => {
    world.gate.heal();
    world.gate.plain = false;
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const how of ['reset', 'silence'] as const) {
    it(`that is cut by ${how} costs and doubles nothing`, { timeout: 90_000 }, async () => {
      const id = await room('Cut');
      await say(ben, id, 'before');
      const page = await world.open(ada);
      const heard = registrations(page, id);
      await page.goto(`${world.url}/rooms/${id}`);
      await shown(page, 'before').waitFor();
      await say(ben, id, 'last seen');
      await shown(page, 'last seen').waitFor();
      const first = heard.cursors.length;

      world.gate.cut(how);
      await write(page, MINE[0]!);
      await say(ben, id, ...MISSED);
      await write(page, MINE[1]!);
      const line = page.getByRole('status').getByText(/Connection lost|Connecting/);
      await line.waitFor();
      expect(await texts(page)).toEqual(['before', 'last seen', ...MINE]);
      world.gate.heal();
      await shown(page, 'missed 3').waitFor();
      await line.waitFor({ state: 'detached' });

      const all = ['before', 'last seen', ...MISSED, ...MINE];
      await expect.poll(() => texts(page), { timeout: 30_000 }).toEqual(all);
      await expect.poll(() => stored(id)).toEqual(all);
      // The second connection said what the first had seen last.
      const cursor = heard.messages.get('last seen');
      expect(cursor).toBeDefined();
      expect(heard.cursors.slice(first)[0]).toBe(cursor);
    });
  }

  it('that is cut while the page is loaded anew keeps what was written', async () => {
    const id = await room('Reload');
    await say(ben, id, 'before');
    const page = await world.open(ada);
    const heard = registrations(page, id);
    await page.goto(`${world.url}/rooms/${id}`);
    await shown(page, 'before').waitFor();
    await say(ben, id, 'last seen');
    await shown(page, 'last seen').waitFor();
    await installed(page);
    await remembered(page, 'last seen');

    world.gate.cut('reset');
    await write(page, MINE[0]!);
    await write(page, MINE[1]!);
    await page.getByText('Will be sent when the connection is back').first().waitFor();
    const first = heard.cursors.length;
    await page.reload();
    await shown(page, MINE[1]!).waitFor();
    expect(await page.getByText('Will be sent when the connection is back').count()).toBe(2);
    expect(await texts(page)).toEqual(['before', 'last seen', ...MINE]);
    await say(ben, id, ...MISSED);
    expect(await stored(id)).toEqual(['before', 'last seen', ...MISSED]);

    world.gate.heal();
    const all = ['before', 'last seen', ...MISSED, ...MINE];
    await expect.poll(() => texts(page), { timeout: 30_000 }).toEqual(all);
    await expect.poll(() => page.getByText('Will be sent').count()).toBe(0);
    await expect.poll(() => stored(id)).toEqual(all);
    expect(heard.cursors.slice(first)[0]).toBe(heard.messages.get('last seen'));
  });

  it('that swallows everything still lets the app open', async () => {
    const id = await room('Tunnel');
    await say(ben, id, 'kept');
    const page = await world.open(ada, undefined, `/rooms/${id}`);
    await shown(page, 'kept').waitFor();
    await installed(page);
    await remembered(page, 'kept');
    world.gate.cut('silence');
    await page.reload();
    await shown(page, 'kept').waitFor();
  });

  for (const why of ['a proxy', 'the browser'] as const) {
    // The server in memory knows no SockJS.
    it.skipIf(!real)(`in which ${why} allows no WebSocket is talked through without`, async () => {
      const id = await room('Plain');
      await say(ben, id, 'from outside');
      const page = await world.page();
      const sockets: boolean[] = [];
      const streams: string[] = [];
      page.on('websocket', (socket) => socket.on('framereceived', () => sockets.push(true)));
      page.on('request', (request) => {
        if (/\/eventbus\/\d+\/\w+\/xhr/.test(request.url())) streams.push(request.url());
      });
      if (why === 'a proxy') world.gate.plain = true;
      else {
        await page.addInitScript(() => {
          function forbidden(): void {
            throw new DOMException('forbidden', 'SecurityError');
          }
          Object.defineProperty(window, 'WebSocket', { value: forbidden });
        });
      }
      await world.enter(page, ada);
      await page.goto(`${world.url}/rooms/${id}`);
      await shown(page, 'from outside').waitFor();
      await write(page, 'from inside');
      await expect.poll(() => stored(id)).toEqual(['from outside', 'from inside']);
      await say(ben, id, 'an answer');
      await shown(page, 'an answer').waitFor();
      expect(await texts(page)).toEqual(['from outside', 'from inside', 'an answer']);
      expect(sockets).toEqual([]);
      expect(streams.length).toBeGreaterThan(0);
    });
  }

  it('that is off lets one read what was known and write', async () => {
    const id = await room('Cellar');
    await say(ada, id, 'kept for later');
    const page = await world.open(ada, undefined, `/rooms/${id}`);
    await shown(page, 'kept for later').waitFor();
    await installed(page);
    await remembered(page, 'kept for later');
    await page.context().setOffline(true);
    await page.reload();
    await shown(page, 'kept for later').waitFor();
    await page
      .getByRole('status')
      .getByText(/offline|Connection lost/)
      .waitFor();
    await write(page, 'written in the cellar');
    await page.getByText('Will be sent when the connection is back').waitFor();
    await page.context().setOffline(false);
    await expect
      .poll(() => stored(id), { timeout: 20_000 })
      .toEqual(['kept for later', 'written in the cellar']);
    await expect.poll(() => page.getByText('Will be sent').count()).toBe(0);
    expect(await texts(page)).toEqual(['kept for later', 'written in the cellar']);
  });

  it('gives what a closed tab had not sent to one that lives', async () => {
    const id = await room('Two');
    const first = await world.open(ada, undefined, `/rooms/${id}`);
    await first.getByRole('log').waitFor();
    await first.evaluate(() => window.dispatchEvent(new Event('offline')));
    await write(first, 'left behind');
    await first.getByText('Will be sent when the connection is back').waitFor();
    const second = await first.context().newPage();
    await second.goto(`${world.url}/rooms/${id}`);
    await second.getByRole('log').waitFor();
    await say(ben, id, 'meanwhile');
    await shown(second, 'meanwhile').waitFor();
    expect(await texts(second)).toEqual(['meanwhile']);
    await first.close();
    await shown(second, 'left behind').waitFor();
    await expect.poll(() => stored(id)).toEqual(['meanwhile', 'left behind']);
  });
});
