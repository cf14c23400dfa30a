import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, hasChromium, PHONE, say, World } from './world';

let world: World;

/** The messages of the open room, as they stand on the screen. */
async function texts(page: Page): Promise<string[]> {
  const all = await page
    .getByRole('log')
    .getByRole('article')
    .locator('bdi[dir=auto]')
    .allInnerTexts();
  return all.map((text) => text.trim());
}

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Write to/ });
  await box.fill(text);
  await box.press('Enter');
}

function shown(page: Page, text: string): Locator {
  return page.getByRole('log').getByText(text, { exact: true });
}

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto(`${world.url}/signup`);
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(`u${Date.now().toString(36)}${name.toLowerCase()}`);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Correct-Horse-7');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
}

describe.skipIf(!hasChromium)('a journey', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    world.gate.heal();
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const view of [DESKTOP, PHONE]) {
    it(`two people find each other and talk, by keyboard alone, at ${view.width}`, async () => {
      const ada = await world.page(view);
      const ben = await world.page(view);
      await signUp(ada, 'Ada');
      await signUp(ben, 'Ben');
      const name = `Tea ${Date.now()}`;

      await ada.getByRole('link', { name: 'New room' }).first().focus();
      await ada.keyboard.press('Enter');
      await ada.getByRole('dialog').waitFor();
      await ada.keyboard.type(name);
      await ada.keyboard.press('Enter');
      await ada.getByRole('heading', { name }).waitFor();

      await ben.getByRole('link', { name: 'Discover' }).first().focus();
      await ben.keyboard.press('Enter');
      await ben.getByRole('searchbox', { name: 'Search public rooms' }).focus();
      await ben.keyboard.type(name);
      const join = ben
        .getByRole('listitem')
        .filter({ hasText: name })
        .getByRole('button', { name: 'Join' });
      await join.focus();
      await ben.keyboard.press('Enter');
      await ben.getByRole('heading', { name }).waitFor();

      await write(ada, 'Hello Ben');
      await shown(ben, 'Hello Ben').waitFor();
      const box = ben.getByRole('textbox', { name: /^Write to/ });
      await box.focus();
      await ben.keyboard.type('Hello');
      await ben.keyboard.press('Shift+Enter');
      await ben.keyboard.type('Ada');
      await ben.keyboard.press('Enter');
      await ada.getByRole('log').getByText('Hello\nAda').waitFor();
      expect(await texts(ada)).toEqual(['Hello Ben', 'Hello\nAda']);

      await ada.getByRole('textbox', { name: /^Write to/ }).fill('not yet sent');
      await ada.reload();
      await shown(ada, 'Hello Ben').waitFor();
      expect(await ada.getByRole('textbox', { name: /^Write to/ }).inputValue()).toBe(
        'not yet sent',
      );
      expect(ada.url()).toMatch(/\/rooms\/[0-9a-f-]{36}$/);
    });
  }

  for (const how of ['reset', 'silence'] as const) {
    it(
      `after a cut by ${how} exactly what was missed and written is there`,
      { timeout: 90_000 },
      async () => {
        const ada = await world.guest('Ada');
        const ben = await world.guest('Ben');
        const { id } = await ben.client.call('rooms.create', {
          name: `Cut ${Date.now()}`,
          type: 'public',
        });
        await ada.client.read('rooms.join', { room: id });
        await say(ben, id, 'before');
        const page = await world.open(ada);
        const registered: (string | undefined)[] = [];
        page.on('websocket', (socket) =>
          socket.on('framesent', ({ payload }) => {
            const frame = JSON.parse(String(payload)) as {
              type: string;
              address?: string;
              headers?: { cursor?: string };
            };
            if (frame.type === 'register' && frame.address === `room.${id}`) {
              registered.push(frame.headers?.cursor);
            }
          }),
        );
        await page.goto(`${world.url}/rooms/${id}`);
        await shown(page, 'before').waitFor();
        const first = registered.length;
        world.gate.cut(how);
        await write(page, 'mine 1');
        await say(ben, id, 'missed 1', 'missed 2', 'missed 3');
        await write(page, 'mine 2');
        await page
          .getByRole('status')
          .getByText(/Connection lost|Connecting/)
          .waitFor();
        expect((await texts(page)).slice(-2)).toEqual(['mine 1', 'mine 2']);
        await page.reload();
        await shown(page, 'mine 2').waitFor();
        world.gate.heal();
        await shown(page, 'missed 3').waitFor();
        await expect
          .poll(() => texts(page), { timeout: 30_000 })
          .toEqual(['before', 'missed 1', 'missed 2', 'missed 3', 'mine 1', 'mine 2']);
        const later = registered.slice(first);
        expect(later.length).toBeGreaterThan(0);
        expect(later.every((cursor) => cursor !== undefined)).toBe(true);
        const { entries } = await ben.client.read('messages.history', { room: id });
        const said = entries
          .filter((entry) => entry.kind === 'message')
          .map((entry) => entry.body?.text);
        expect(said).toEqual(['before', 'missed 1', 'missed 2', 'missed 3', 'mine 1', 'mine 2']);
      },
    );
  }

  it('opens without a network, with what it knew', async () => {
    const ada = await world.guest('Ada');
    const { id } = await ada.client.call('rooms.create', {
      name: `Cellar ${Date.now()}`,
      type: 'public',
    });
    await say(ada, id, 'kept for later');
    const page = await world.open(ada);
    await page.goto(`${world.url}/rooms/${id}`);
    await shown(page, 'kept for later').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    // The snapshot is taken a moment after the last change.
    await page.waitForTimeout(2_500);
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
    await expect.poll(() => page.getByText('Will be sent').count(), { timeout: 20_000 }).toBe(0);
    expect(await texts(page)).toEqual(['kept for later', 'written in the cellar']);
  });

  it('what a closed tab had not sent is sent by one that lives', async () => {
    const ada = await world.guest('Ada');
    const { id } = await ada.client.call('rooms.create', {
      name: `Two ${Date.now()}`,
      type: 'public',
    });
    const first = await world.open(ada);
    await first.goto(`${world.url}/rooms/${id}`);
    await first.getByRole('log').waitFor();
    await first.evaluate(() => window.dispatchEvent(new Event('offline')));
    await write(first, 'left behind');
    await first.getByText('Will be sent when the connection is back').waitFor();
    const second = await first.context().newPage();
    await second.goto(`${world.url}/rooms/${id}`);
    await second.getByRole('log').waitFor();
    await second.waitForTimeout(1_000);
    expect(await texts(second)).toEqual([]);
    await first.close();
    await shown(second, 'left behind').waitFor();
    await expect
      .poll(async () => {
        const { entries } = await ada.client.read('messages.history', { room: id });
        return entries.filter((entry) => entry.kind === 'message').length;
      })
      .toBe(1);
  });
});
