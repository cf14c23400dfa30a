import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Choice, PresenceState } from '../../src/client/presence';
import { violations } from './axe';
import { box, calm } from './page';
import { DESKTOP, hasChromium, real, type Guest, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

let world: World;
let ada: Guest;
let ben: Guest;
let room: string;
let version = 1_000_000;

/** Ben is shown like this from now on. */
async function becomes(state: Choice | 'away', text?: string): Promise<void> {
  const status = text === undefined ? {} : { status: { text } };
  if (world.server) {
    const seen = { user: ben.id, state: state as PresenceState, ...status };
    world.server.presences.set(ben.id, seen);
    const body = { version: ++version, known: true, people: [seen] };
    world.server.tell(`user.${ada.id}`, { kind: 'presence', user: ada.id, body });
  } else {
    await ben.client.call('presence.set', { state, ...status });
  }
}

const dot = (page: Page, state: string) => page.locator(`.presence-${state}`);

describe.skipIf(!hasChromium)('who is here', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    world = await World.start();
  });
  beforeEach(async () => {
    [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    room = (await ben.client.read('rooms.direct', { user: ada.id })).id;
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const view of VIEWS) {
    it(`is seen and told in a word, at ${view.width} in the ${view.theme}`, async () => {
      const page = await world.open(ada, view, `/rooms/${room}`);
      await box(page).waitFor();
      const header = page.locator('header');
      for (const [state, word] of [
        ['online', 'Online'],
        ['away', 'Away'],
        ['dnd', 'Do not disturb'],
      ] as const) {
        await becomes(state, 'writing the notes');
        await header.locator(`.presence-${state}`).waitFor({ timeout: 15_000 });
        await header.getByText(word).last().waitFor();
      }
      await header.getByText('writing the notes').waitFor();
      await calm(page);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `${pictures}/presence-${view.width}-${view.theme}.png` });
    });
  }

  it('is chosen by oneself, with what one is about, and cleared again', async () => {
    const page = await world.open(ada, DESKTOP, '/settings');
    await page.getByLabel('How others see you').last().selectOption('dnd');
    await dot(page, 'dnd').first().waitFor();
    await page.getByLabel('Status', { exact: true }).fill('In a meeting');
    await page.getByLabel('Clear after').selectOption('hour');
    await page.getByRole('region').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Clear status' }).waitFor();
    await calm(page);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${pictures}/presence-settings.png` });
    await page.reload();
    await dot(page, 'dnd').first().waitFor();
    expect(await page.getByLabel('Status', { exact: true }).inputValue()).toBe('In a meeting');
    await page.getByRole('button', { name: 'Clear status' }).click();
    await page.getByRole('button', { name: 'Clear status' }).waitFor({ state: 'detached' });
  });

  it.skipIf(real)('is shown of nobody while it is not known', async () => {
    world.server!.presences.set(ben.id, { state: 'online' });
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await page.locator('header .presence-online').waitFor();
    const body = { version: ++version, known: false, people: [] };
    world.server!.tell(`user.${ada.id}`, { kind: 'presence', user: ada.id, body });
    await page.locator('.presence').first().waitFor({ state: 'detached' });
    expect(await page.locator('.presence').count()).toBe(0);
  });
});
