import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { violations } from './axe';
import { box, calm } from './page';
import { DESKTOP, hasChromium, say, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

describe.skipIf(!hasChromium)('going from room to room', () => {
  let world: World;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    world = await World.start();
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  /** Ada knows three rooms and Ben, with whom she has not spoken; in one room there is something new. */
  async function scene() {
    const [ada, ben] = [await world.guest('Ada'), await world.guest(`Bén ${uuidv7().slice(-6)}`)];
    const made: Record<string, string> = {};
    for (const name of ['Kitchen', 'Café', 'Garden']) {
      const full = `${name} ${uuidv7().slice(-8)}`;
      const { id } = await ada.client.call('rooms.create', { name: full, type: 'public' });
      await ben.client.read('rooms.join', { room: id });
      made[name] = id;
    }
    await ada.client.read('contacts.add', { user: ben.id });
    await say(ben, made.Garden!, 'The roses are out');
    return { ada, ben, made };
  }

  for (const view of VIEWS) {
    it(`is a key and a few letters away, at ${view.width} ${view.theme}`, async () => {
      const { ada, ben, made } = await scene();
      const page = await world.open(ada, view, `/rooms/${made.Kitchen!}`);
      await box(page).waitFor();
      await page.keyboard.press('Control+k');
      const line = page.getByRole('combobox', { name: 'Name of a room or person' });
      await line.and(page.locator(':focus')).waitFor();
      const option = (name: string | RegExp) => page.getByRole('option', { name });
      await option(/^Garden.* 1 unread message$/)
        .and(page.getByRole('option').first())
        .waitFor();
      await calm(page);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `${pictures}/switcher-${view.width}-${view.theme}.png` });
      await page.keyboard.type('cafe');
      await option(/^Café/).waitFor();
      expect(await page.getByRole('option').count()).toBe(1);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/rooms/${made.Café!}`);
      await line.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.keyboard.type('no such place');
      await page.getByText('Nothing has that name.').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await line.waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/rooms/${made.Garden!}`);
      // Somebody with whom there is no room yet gets one.
      await page.goto(`${world.url}/search`);
      await page.getByRole('button', { name: 'Go to a room or person' }).click();
      await line.fill('ben');
      await option(new RegExp(ben.name.slice(-6))).click();
      await box(page)
        .and(page.getByRole('textbox', { name: new RegExp(ben.name.slice(-6)) }))
        .waitFor();
    });
  }

  it('waits for whatever else is open', async () => {
    const { ada } = await scene();
    const page = await world.open(ada, DESKTOP, '/new');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
  });
});
