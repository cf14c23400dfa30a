import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { box } from './page';
import { DESKTOP, hasChromium, PHONE, World, type Guest } from './world';

let world: World;

describe.skipIf(!hasChromium)('who is what in a room', () => {
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
  async function shared(): Promise<{ ada: Guest; ben: Guest; room: string; name: string }> {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const name = `Tea ${Date.now()}`;
    const { id } = await ada.client.call('rooms.create', { name, type: 'public' });
    await ben.client.read('rooms.join', { room: id });
    return { ada, ben, room: id, name };
  }

  const role = (page: Page, name: string) =>
    page.getByRole('combobox', { name: new RegExp(`What .?${name}.? is here`) });

  async function give(page: Page, name: string, to: string): Promise<void> {
    await role(page, name).selectOption(to);
    await page.getByRole('button', { name: 'Save' }).click();
  }

  for (const view of [DESKTOP, PHONE]) {
    it(`is given by its owner, and counts for the other at once, at ${view.width}`, async () => {
      const { ada, ben, room } = await shared();
      const his = await world.open(ben, view, `/rooms/${room}`);
      await box(his).waitFor();
      const hers = await world.open(ada, view, `/rooms/${room}/members`);
      await give(hers, 'Ben', 'readonly');
      await his.getByText('You can read here, but not write.').waitFor();
      await his.getByText(/Ada.* made .*Ben.* read-only/).waitFor();
      expect(await his.getByRole('combobox', { name: /is here/ }).count()).toBe(0);
      await role(hers, 'Ben').selectOption('owner');
      await hers.getByRole('button', { name: 'Cancel' }).click();
      expect(await role(hers, 'Ben').inputValue()).toBe('readonly');
      await give(hers, 'Ben', 'admin');
      await box(his).waitFor();
      await expect.poll(() => role(hers, 'Ben').inputValue()).toBe('admin');
      await hers.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
      expect(await violations(hers)).toEqual([]);
    });
  }

  it('is kept by the last owner, who is told what to do', async () => {
    const { ada, room } = await shared();
    const page = await world.open(ada, DESKTOP, `/rooms/${room}/members`);
    await give(page, 'Ada', 'member');
    await page.getByText('You are the only owner here.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await role(page, 'Ada').inputValue()).toBe('owner');
    await page.getByRole('button', { name: 'Leave room' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave room' }).click();
    await page.getByRole('dialog').getByText('Make somebody else an owner first.').waitFor();
  });

  it('names the room, and hears at the field what is taken', async () => {
    const { ada, ben, room, name } = await shared();
    const other = `Mate ${Date.now()}`;
    await ben.client.call('rooms.create', { name: other, type: 'public' });
    const his = await world.open(ben, DESKTOP, `/rooms/${room}`);
    await his.getByRole('heading', { name }).waitFor();
    expect(await his.getByRole('button', { name: 'Room settings' }).count()).toBe(0);
    const hers = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await hers.getByRole('button', { name: 'Room settings' }).click();
    const form = hers.getByRole('dialog', { name: 'Room settings' });
    await form.getByLabel('Name', { exact: true }).fill(other);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('That one is taken. Pick another.').waitFor();
    expect(await violations(hers)).toEqual([]);
    await form.getByLabel('Name', { exact: true }).fill(`${name} and cake`);
    await form.getByLabel(/^Description/).fill('Both are hot.');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    for (const page of [his, hers]) {
      await page.getByRole('heading', { name: `${name} and cake` }).waitFor();
      await page
        .getByRole('banner')
        .or(page.locator('header'))
        .getByText('Both are hot.')
        .first()
        .waitFor();
    }
  });
});
