import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { atHead, box } from './page';
import { DESKTOP, hasChromium, PHONE, World, type Guest, type View } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));
let world: World;

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/membership-${name}.png` });
}

const dark = (view: View): View => ({ ...view, theme: 'dark' });

describe.skipIf(!hasChromium)('how one has rooms', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  async function made(by: Guest, name: string, more: object = {}): Promise<string> {
    const view = await by.client.call('rooms.create', { name, type: 'public', ...more });
    return view.id;
  }

  const names = async (page: Page): Promise<string> =>
    (await page.getByRole('region', { name: 'Rooms' }).getByRole('link').allInnerTexts()).join();

  for (const view of [DESKTOP, dark(PHONE)]) {
    it(`puts favourites first, keeps rooms quiet and puts them away, at ${view.width}`, async () => {
      const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
      const mark = Date.now();
      const [tea, cake] = [await made(ada, `Tea ${mark}`), await made(ada, `Cake ${mark}`)];
      await ben.client.read('rooms.join', { room: tea });
      const hers = await world.open(ada, view, `/rooms/${tea}`);
      await box(hers).waitFor();
      await hers.getByRole('button', { name: 'Room menu' }).click();
      await hers.getByRole('menuitem', { name: 'Add to favourites' }).waitFor();
      await picture(hers, `menu-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      // All of it by keyboard: the first is at hand, and the arrows lead to the others.
      await hers.keyboard.press('Enter');
      await atHead(hers, 'Notifications');
      const form = hers.getByRole('dialog', { name: 'Notifications' });
      await form.getByText('Mentions only', { exact: true }).click();
      await picture(hers, `notifications-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });

      await hers.goto(`${world.url}/`);
      await expect.poll(() => names(hers)).toMatch(/^[^]*Tea[^]*Cake/);
      await ben.client.call('messages.post', { room: tea, cid: `a${mark}`, text: 'hello' });
      const row = hers.getByRole('link', { name: new RegExp(`Tea ${mark}`) });
      await row.getByText('hello').waitFor();
      expect(await row.getByText(/unread message/).count()).toBe(0);
      await picture(hers, `rooms-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);

      await row.click();
      await box(hers).waitFor();
      await atHead(hers, 'Hide room');
      await hers.goto(`${world.url}/`);
      const hidden = hers.getByRole('button', { name: '1 hidden room' });
      await hidden.waitFor();
      expect(await row.count()).toBe(0);
      await hidden.click();
      await row.waitFor();
      await picture(hers, `hidden-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await ben.client.call('messages.post', {
        room: tea,
        cid: `b${mark}`,
        text: 'Ada?',
        mentions: [ada.id],
      });
      await hidden.waitFor({ state: 'detached' });
      await row.waitFor();
      expect(cake).not.toBe(tea);
    });
  }

  it('ends a snooze where it is shown', async () => {
    const ada = await world.guest('Ada');
    const tea = await made(ada, `Tea ${Date.now()}`);
    await ada.client.read('rooms.settings', { room: tea, snooze: 604_800 });
    const snoozedUntil = async () =>
      (await ada.client.read('rooms.get', { room: tea })).membership?.settings?.snoozedUntil;
    const hers = await world.open(ada, DESKTOP, `/rooms/${tea}`);
    await box(hers).waitFor();
    const form = hers.getByRole('dialog', { name: 'Notifications' });
    const span = form.getByLabel('Only mentions for');
    const chosen = () => span.locator('option:checked').innerText();

    await atHead(hers, 'Notifications');
    expect(await chosen()).toMatch(/^until /);
    expect(await violations(hers)).toEqual([]);
    await picture(hers, 'snoozed');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await snoozedUntil()).toBeDefined();

    await atHead(hers, 'Notifications');
    await span.selectOption({ label: 'Not limited' });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await snoozedUntil()).toBeUndefined();
    await atHead(hers, 'Notifications');
    expect(await chosen()).toBe('Not limited');
  });

  for (const view of [dark(DESKTOP), PHONE]) {
    it(`lets in who asks, and says so to who is not let in, at ${view.width}`, async () => {
      const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
      const room = await made(ada, `Club ${Date.now()}`, { join: 'request' });
      const his = await world.open(ben, view, `/rooms/${room}`);
      await his.getByLabel(/A few words for those who decide/).fill('I like tea.');
      await picture(his, `ask-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      await his.getByRole('button', { name: 'Ask to join' }).click();
      await his.getByText(/You asked to be let in/).waitFor();
      await his.getByRole('button', { name: 'Take it back' }).click();
      await his.getByRole('button', { name: 'Ask to join' }).click();
      await his.getByText(/You asked to be let in/).waitFor();

      const hers = await world.open(ada, view, `/rooms/${room}`);
      await hers.getByText('1 person asks to join').waitFor();
      await hers.getByRole('button', { name: 'Look at it' }).click();
      const list = hers.getByRole('region', { name: 'People who ask to join' });
      await list.getByText('Ben').waitFor();
      await picture(hers, `requests-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await list.getByRole('button', { name: /^Let in/ }).click();
      await list.getByText('Nobody asks to join just now.').waitFor();
      await box(his).waitFor();
      await his.getByText(/You were let into/).waitFor();

      const other = await made(ada, `Circle ${Date.now()}`, { join: 'request' });
      await ben.client.call('rooms.ask', { room: other });
      await his.goto(`${world.url}/rooms/${other}`);
      await his.getByText(/You asked to be let in/).waitFor();
      await hers.goto(`${world.url}/rooms/${other}`);
      await hers.getByRole('button', { name: 'Look at it' }).click();
      // With a word, and by keyboard: the line for it is at hand.
      await list.getByRole('button', { name: /^Refuse/ }).press('Enter');
      await list.getByLabel(/^A word to .?Ben/).waitFor();
      await picture(hers, `refusing-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await hers.keyboard.type('Not now.');
      await hers.keyboard.press('Enter');
      await list.getByText('Nobody asks to join just now.').waitFor();
      await his.getByText(/You were not let into .*: .?Not now\./).waitFor();
      await his.getByText(/You were not let in\./).waitFor();
      await picture(his, `refused-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
    });

    it(`makes a room whose history is closed, and opens it, at ${view.width}`, async () => {
      const ada = await world.guest('Ada');
      const hers = await world.open(ada, view, '/new');
      const form = hers.getByRole('dialog', { name: 'New room' });
      await form.getByLabel('Name', { exact: true }).fill(`Vault ${Date.now()}`);
      await form
        .getByLabel('New members can read')
        .selectOption({ label: 'what is said after they came' });
      await picture(hers, `new-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await form.getByRole('button', { name: 'Create room' }).click();
      await box(hers).waitFor();
      await atHead(hers, 'Room settings');
      const settings = hers.getByRole('dialog', { name: 'Room settings' });
      const history = settings.getByLabel('New members can read');
      expect(await history.inputValue()).toBe('since-join');
      await history.selectOption({ label: 'everything that was said' });
      await picture(hers, `settings-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await settings.getByRole('button', { name: 'Save' }).click();
      await settings.waitFor({ state: 'detached' });
      await hers.getByText(/opened the history to everybody here/).waitFor();
    });
  }

  it('shows whoever stands outside the door that there is by now', async () => {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const room = await made(ada, `Porch ${Date.now()}`, { join: 'request' });
    const his = await world.open(ben, DESKTOP, `/rooms/${room}`);
    const ask = his.getByRole('button', { name: 'Ask to join' });
    const join = his.getByRole('button', { name: 'Join', exact: true });
    await ask.waitFor();
    await ada.client.read('rooms.update', { room, join: 'open' });
    await ask.click();
    await join.waitFor();
    await ada.client.read('rooms.update', { room, join: 'request' });
    await join.click();
    await ask.click();
    await his.getByText(/You asked to be let in/).waitFor();
  });
});
