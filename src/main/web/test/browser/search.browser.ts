import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { box, calm, shown } from './page';
import { DESKTOP, hasChromium, PHONE, say, type Guest, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));
const SOON = { timeout: 15_000, interval: 500 };

let world: World;

describe.skipIf(!hasChromium)('what was said', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  /** Two rooms of Ada's, both with tea. */
  async function talk(): Promise<{ ada: Guest; kitchen: string; attic: string }> {
    const ada = await world.guest('Ada Ferreira');
    const make = async (name: string) =>
      (await ada.client.call('rooms.create', { name: `${name} ${Date.now()}`, type: 'private' }))
        .id;
    const [kitchen, attic] = [await make('Kitchen'), await make('Attic')];
    await say(ada, kitchen, 'Who wants green tea?');
    for (let i = 0; i < 60; i++) await say(ada, kitchen, `And then ${i}`);
    await say(ada, kitchen, 'Recipe at https://example.org/cake');
    await say(ada, attic, 'There is tea in the attic, too');
    await expect
      .poll(async () => {
        const { results } = await ada.client.read('search.messages', { query: 'tea' });
        return results.length;
      }, SOON)
      .toBe(2);
    return { ada, kitchen, attic };
  }

  const line = (page: Page) => page.getByRole('searchbox', { name: 'Search messages' });
  const results = (page: Page) =>
    page.getByRole('region', { name: 'What was found' }).getByRole('listitem');

  for (const view of [DESKTOP, PHONE]) {
    it(`is found beside the room and leads to where it was said, at ${view.width}`, async () => {
      const { ada, kitchen } = await talk();
      const page = await world.open(ada, view, `/rooms/${kitchen}`);
      await box(page).waitFor();
      await page.getByRole('button', { name: 'Search in this room' }).click();
      await line(page).fill('TEA');
      await expect.poll(() => results(page).count(), SOON).toBe(1);
      expect(await results(page).getByText('tea', { exact: true }).innerText()).toBe('tea');
      await results(page).getByRole('link').click();
      await shown(page, 'Who wants green tea?').waitFor();
      expect(await page.getByRole('complementary').count()).toBe(view === PHONE ? 0 : 1);
    });
  }

  it('is found in all rooms by a key, and what was typed is still there afterwards', async () => {
    const { ada, attic } = await talk();
    const page = await world.open(ada);
    await page.keyboard.press('/');
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
    await page.keyboard.type('tea');
    await expect.poll(() => results(page).count(), SOON).toBe(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shown(page, 'There is tea in the attic, too').waitFor();
    expect(page.url()).toContain(attic);
    await page.goBack();
    expect(await line(page).inputValue()).toBe('tea');
    await expect.poll(() => results(page).count(), SOON).toBe(2);
    await page.keyboard.type('/');
    expect(await line(page).inputValue()).toBe('tea/');
  });

  it('is narrowed by what one can press, and what cannot be read is said in words', async () => {
    const { ada, kitchen } = await talk();
    const page = await world.open(ada, DESKTOP, `/rooms/${kitchen}/search`);
    await page.getByText('without a word').waitFor();
    await page.getByRole('button', { name: 'With a link' }).click();
    await expect.poll(() => results(page).count(), SOON).toBe(1);
    await results(page).getByText('Recipe at').waitFor();
    await page.getByRole('button', { name: 'With a link' }).click();
    await line(page).fill('tea');
    await page.getByRole('button', { name: 'All rooms' }).click();
    await expect.poll(() => results(page).count(), SOON).toBe(2);
    await line(page).fill('wombat');
    await page.getByText('Nothing in your rooms says that.').waitFor();
    await line(page).fill('tea has:picture');
    await page.getByText('After has: only link is understood.').waitFor();
    await line(page).fill('then');
    await expect.poll(() => results(page).count(), SOON).toBe(20);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => results(page).count(), SOON).toBe(40);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  });

  for (const view of VIEWS) {
    it(
      `axe finds nothing serious at ${view.width} ${view.theme}`,
      { timeout: 120_000 },
      async () => {
        mkdirSync(pictures, { recursive: true });
        const { ada, kitchen } = await talk();
        const page = await world.open(ada, view);
        for (const path of [`/rooms/${kitchen}/search`, '/search']) {
          await page.goto(world.url + path);
          await line(page).waitFor();
          await calm(page);
          expect(await violations(page), path).toEqual([]);
          await line(page).fill('tea');
          await expect.poll(() => results(page).count(), SOON).toBeGreaterThan(0);
          await calm(page);
          expect(await violations(page), path).toEqual([]);
          const name = path === '/search' ? 'search' : 'search-room';
          await page.screenshot({ path: `${pictures}/${name}-${view.width}-${view.theme}.png` });
          await line(page).fill('');
        }
      },
    );
  }

  it('nothing of it is wider than a small phone, in either direction', async () => {
    const { ada, kitchen } = await talk();
    await say(ada, kitchen, `tea${'w'.repeat(300)}`);
    const page = await world.open(ada, { width: 320, height: 640, theme: 'light' });
    for (const path of [`/rooms/${kitchen}/search`, '/search']) {
      await page.goto(`${world.url}${path}?language=mirror`);
      await page.getByRole('searchbox').last().fill('tea');
      await calm(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
    }
  });
});
