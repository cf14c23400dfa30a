import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { atHead, box } from './page';
import { DESKTOP, hasChromium, PHONE, World, type Guest, type View } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));
let world: World;

/** What was looked at, for whoever wants to look again. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/moderation-${name}.png` });
}

describe.skipIf(!hasChromium)('keeping the peace', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  /** A public room of Ada's with Ben in it. */
  async function shared(): Promise<{ ada: Guest; ben: Guest; room: string }> {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const { id } = await ada.client.call('rooms.create', {
      name: `Tea ${Date.now()}`,
      type: 'public',
    });
    await ben.client.read('rooms.join', { room: id });
    return { ada, ben, room: id };
  }

  async function moderate(page: Page): Promise<ReturnType<Page['getByRole']>> {
    const row = page.getByRole('listitem').filter({ hasText: 'Ben' });
    await row.hover();
    await row.getByRole('button', { name: /Mute or ban/ }).click();
    return page.getByRole('dialog', { name: /Mute or ban .*Ben/ });
  }

  async function settings(page: Page): Promise<ReturnType<Page['getByRole']>> {
    await atHead(page, 'Room settings');
    return page.getByRole('dialog', { name: 'Room settings' });
  }

  const dark = (view: View): View => ({ ...view, theme: 'dark' });

  for (const view of [DESKTOP, dark(PHONE)]) {
    it(`mutes somebody until they may write again, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const his = await world.open(ben, view, `/rooms/${room}`);
      await box(his).waitFor();
      const hers = await world.open(ada, view, `/rooms/${room}/members`);
      let form = await moderate(hers);
      await form.getByLabel('How long').first().selectOption({ label: '10 minutes' });
      await picture(hers, `dialog-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await form.getByRole('button', { name: 'Mute', exact: true }).click();
      await form.waitFor({ state: 'detached' });
      await hers.getByText(/^Muted until/).waitFor();
      await his.getByText(/You are muted here until/).waitFor();
      await his.getByText(/Ada.* muted .*Ben/).waitFor();
      expect(await box(his).count()).toBe(0);
      await picture(his, `muted-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      form = await moderate(hers);
      await form.getByRole('button', { name: 'Let write again' }).click();
      await box(his).waitFor();
    });

    it(`bans somebody who is told why, and lets them come again, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const his = await world.open(ben, view, `/rooms/${room}`);
      await box(his).waitFor();
      const hers = await world.open(ada, view, `/rooms/${room}/members`);
      const form = await moderate(hers);
      await form.getByLabel('How long').last().selectOption({ label: 'for good' });
      await form.getByLabel(/^Reason/).fill('Ads, again and again.');
      await form.getByRole('button', { name: 'Ban', exact: true }).click();
      await form.waitFor({ state: 'detached' });
      await his.getByText('You are banned from this room').waitFor();
      await his.getByText('Ads, again and again.').waitFor();
      await his.getByText('The ban does not end by itself.').waitFor();
      await picture(his, `banned-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      expect(await hers.getByText('Ads, again and again.').count()).toBe(0);
      await hers.goto(`${world.url}/rooms/${room}`);
      await hers.getByText(/Ada.* banned .*Ben/).waitFor();
      const room_ = await settings(hers);
      await room_.getByText('Ads, again and again.').waitFor();
      await picture(hers, `settings-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await room_.getByRole('button', { name: /Lift ban/ }).click();
      await room_.getByText('Nobody is banned from this room.').waitFor();
      await his.reload();
      await his.getByRole('button', { name: 'Join' }).click();
      await box(his).waitFor();
    });
  }

  for (const view of [dark(DESKTOP), PHONE]) {
    it(`slows a room down, and says how long to wait, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const form = await settings(hers);
      await form.getByLabel('Slow mode').selectOption({ label: '5 seconds' });
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
      const his = await world.open(ben, view, `/rooms/${room}`);
      await his.getByText(/Slow mode: one message every .*5 seconds/).waitFor();
      expect(await hers.getByText(/Slow mode: one/).count()).toBe(0);
      await box(his).fill('first');
      await box(his).press('Enter');
      await his.getByText(/^Slow mode: \d s$/).waitFor();
      await box(his).fill('second');
      await box(his).press('Enter');
      await his
        .getByRole('status')
        .filter({ hasText: /^Slow mode: \d s$/ })
        .waitFor();
      await picture(his, `slow-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      await hers.getByText('second', { exact: true }).last().waitFor();
    });

    it(`archives a room and goes on with it, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const his = await world.open(ben, view, `/rooms/${room}`);
      await box(his).waitFor();
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const form = await settings(hers);
      await form.getByRole('button', { name: 'Archive room' }).click();
      for (const page of [his, hers]) {
        await page
          .getByText(/This room is archived/)
          .first()
          .waitFor();
        await page.getByText(/Ada.* archived the room/).waitFor();
      }
      expect(await box(his).count()).toBe(0);
      await picture(his, `archived-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      expect(await form.getByLabel('Slow mode').count()).toBe(0);
      await form.getByRole('button', { name: 'Open it again' }).click();
      await box(his).waitFor();
    });

    it(`deletes a room whose name is typed, and says so to who has it open, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const his = await world.open(ben, view, `/rooms/${room}`);
      await box(his).waitFor();
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const form = await settings(hers);
      await form.getByRole('button', { name: 'Delete room' }).click();
      const sure = form.getByRole('button', { name: 'Delete for good' });
      const field = form.getByLabel(/To delete it, type its name/);
      const name = /Tea \d+/.exec(await form.innerText())?.[0] ?? '';
      await field.fill('Coffee');
      expect(await sure.isDisabled()).toBe(true);
      await field.fill(name);
      await picture(hers, `delete-${view.width}-${view.theme}`);
      expect(await violations(hers)).toEqual([]);
      await sure.click();
      await his.getByText('An owner has ended this room for everybody.').waitFor();
      await hers.waitForURL((url) => url.pathname === '/');
      expect(await box(his).count()).toBe(0);
      await picture(his, `deleted-${view.width}-${view.theme}`);
      expect(await violations(his)).toEqual([]);
      await his.reload();
      await his.getByText('There is no such room').waitFor();
    });
  }
});
