import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { atTheTop, box, PASSWORD, shown, still, texts } from './page';
import { DESKTOP, hasChromium, PHONE, say, World, type View } from './world';

let world: World;

describe.skipIf(!hasChromium)('a journey', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const view of [DESKTOP, PHONE]) {
    it(`two people find each other and talk at ${view.width}`, async () => {
      const hit = (where: Locator) => (view.width < 600 ? where.tap() : where.click());
      const ada = await arrive(view, 'Ada', hit);
      const ben = await arrive(view, 'Ben', hit);
      const name = `Tea ${Date.now()}`;

      await hit(ada.getByRole('link', { name: 'New room' }).first());
      await ada.getByLabel('Name', { exact: true }).fill(name);
      await hit(ada.getByRole('button', { name: 'Create room' }));
      await ada.getByRole('heading', { name }).waitFor();

      await hit(ben.getByRole('link', { name: 'Discover' }).first());
      await ben.getByRole('searchbox', { name: 'Search public rooms' }).fill(name);
      const found = ben.getByRole('listitem').filter({ hasText: name });
      await hit(found.getByRole('button', { name: 'Join' }));
      await ben.getByRole('heading', { name }).waitFor();

      await box(ada).fill('Hello Ben');
      await hit(ada.getByRole('button', { name: 'Send' }));
      await shown(ben, 'Hello Ben').waitFor();
      await box(ben).fill('Hello Ada');
      await hit(ben.getByRole('button', { name: 'Send' }));
      await shown(ada, 'Hello Ada').waitFor();
      expect(await texts(ada)).toEqual(['Hello Ben', 'Hello Ada']);
      expect(await texts(ben)).toEqual(['Hello Ben', 'Hello Ada']);
    });
  }

  for (const view of [DESKTOP, PHONE]) {
    it(`a reload keeps session, room, place and draft at ${view.width}`, async () => {
      const ada = await world.guest('Ada');
      const { id } = await ada.client.call('rooms.create', {
        name: `Long ${Date.now()}`,
        type: 'public',
      });
      await say(ada, id, ...Array.from({ length: 300 }, (_, i) => `Number ${i + 1}`));
      const page = await world.open(ada, view, `/rooms/${id}`);
      await shown(page, 'Number 300').waitFor();
      await box(page).fill('not yet sent');
      while ((await shown(page, 'Number 150').count()) === 0) {
        await page.getByRole('log').evaluate((log) => log.scrollBy(0, -500));
        await still(page, 2);
      }
      await shown(page, 'Number 150').evaluate((row) => row.scrollIntoView({ block: 'start' }));
      await page.getByRole('log').evaluate((log) => log.scrollBy(0, 11));
      await still(page, 40);
      const before = await atTheTop(page);
      expect(before.text).toMatch(/^Number 1[45]\d$/);

      await page.reload();
      await shown(page, before.text).waitFor();
      await expect.poll(() => atTheTop(page).then(({ text }) => text)).toBe(before.text);
      await still(page, 40);
      const after = await atTheTop(page);
      expect(after.text).toBe(before.text);
      expect(Math.abs(after.y - before.y)).toBeLessThan(8);
      expect(page.url()).toBe(`${world.url}/rooms/${id}`);
      expect(await box(page).inputValue()).toBe('not yet sent');
      await page.getByRole('button', { name: 'Jump to latest' }).click();
      await shown(page, 'Number 300').waitFor();
    });
  }
});

/** Signs somebody up by the form. */
async function arrive(
  view: View,
  name: string,
  hit: (where: Locator) => Promise<void>,
): Promise<Page> {
  const page = await world.page(view);
  await page.goto(world.url);
  await hit(page.getByRole('link', { name: 'Create account' }));
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Username').fill(world.username());
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await hit(page.getByRole('button', { name: 'Create account' }));
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  return page;
}
