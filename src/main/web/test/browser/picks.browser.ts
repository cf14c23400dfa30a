import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { act, article } from './acting';
import { violations } from './axe';
import { atHead, box, calm, shown, write } from './page';
import { DESKTOP, hasChromium, PHONE, World, type Guest } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

let world: World;

interface Scene {
  ada: Guest;
  ben: Guest;
  room: string;
  name: string;
  /** The places of what was said. */
  seqs: number[];
}

describe.skipIf(!hasChromium)('what one does with a message', () => {
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

  async function post(guest: Guest, room: string, text: string): Promise<number> {
    return (await guest.client.read('messages.post', { room, cid: uuidv7(), text })).seq;
  }

  /** A room of Ada's with Ben in it, in which both have said something. */
  async function scene(
    texts: string[] = ['The code for the door is 4711', 'Thanks'],
  ): Promise<Scene> {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const name = `Door ${uuidv7().slice(-8)}`;
    const { id } = await ada.client.call('rooms.create', { name, type: 'public' });
    await ben.client.read('rooms.join', { room: id });
    const seqs: number[] = [];
    for (const [index, text] of texts.entries()) {
      seqs.push(await post(index % 2 === 0 ? ada : ben, id, text));
    }
    return { ada, ben, room: id, name, seqs };
  }

  async function picture(page: Page, name: string): Promise<void> {
    await calm(page);
    await page.screenshot({ path: `${pictures}/${name}.png` });
  }

  for (const view of [DESKTOP, PHONE]) {
    it(`is pinned, found again and unpinned, at ${view.width}`, async () => {
      const { ada, ben, room } = await scene();
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const his = await world.open(ben, view, `/rooms/${room}`);
      await act(hers, view, '4711', 'Pin');
      for (const page of [hers, his]) {
        await article(page, '4711').getByText('pinned', { exact: true }).waitFor();
        await page.getByRole('link', { name: /Ada.* pinned a message/ }).waitFor();
      }
      await atHead(his, view === DESKTOP ? 'Show pinned messages' : 'Pinned messages');
      const list = his.getByRole('complementary', { name: 'Pinned messages' });
      await list.getByText('4711').waitFor();
      expect(await list.getByRole('button', { name: 'Unpin' }).count()).toBe(0);
      expect(await violations(his)).toEqual([]);
      await picture(his, `pins-${view.width}`);
      await list.getByRole('link').first().click();
      await his.waitForURL(/\/rooms\/[^/]+\/\d+$/);
      await shown(his, 'The code for the door is 4711').waitFor();
      await act(hers, view, '4711', 'Unpin');
      await expect.poll(() => article(his, '4711').getByText('pinned').count()).toBe(0);
      await his.getByRole('link', { name: /Ada.* pinned a message/ }).waitFor();
    });

    it(`is answered with what it says now, at ${view.width}`, async () => {
      const { ada, ben, room, seqs } = await scene();
      const page = await world.open(ben, view, `/rooms/${room}`);
      await act(page, view, '4711', 'Reply');
      await page.getByText(/^In answer to/).waitFor({ state: 'attached' });
      await expect
        .poll(() => box(page).evaluate((one) => one === document.activeElement))
        .toBe(true);
      await picture(page, `answering-${view.width}`);
      await write(page, 'Which door?');
      const quote = article(page, 'Which door?').getByRole('link', { name: /^In answer to/ });
      await expect.poll(() => quote.innerText()).toContain('4711');
      const [target] = seqs as [number];
      const change = { room, target, cid: uuidv7() };
      await ada.client.read('messages.edit', { ...change, text: 'It is 0815 now' });
      await expect.poll(() => quote.innerText()).toContain('0815');
      expect(await violations(page)).toEqual([]);
      await picture(page, `quote-${view.width}`);
      await ada.client.read('messages.delete', { ...change, cid: uuidv7() });
      await expect.poll(() => quote.innerText()).toContain('This message was deleted.');
    });
  }

  it('is not answered after all', async () => {
    const { ben, room } = await scene();
    const page = await world.open(ben, DESKTOP, `/rooms/${room}`);
    await act(page, DESKTOP, '4711', 'Reply');
    await page.getByRole('button', { name: 'Do not answer this message' }).click();
    await write(page, 'Never mind');
    await article(page, 'Never mind').waitFor();
    await act(page, DESKTOP, '4711', 'Reply');
    await box(page).press('Escape');
    await write(page, 'At all');
    await article(page, 'At all').waitFor();
    expect(await page.getByRole('link', { name: /^In answer to/ }).count()).toBe(0);
  });

  it('is gone to from its answer, also far above what is loaded', async () => {
    const filler = Array.from({ length: 160 }, (_, index) => `line ${index}`);
    const { ben, room, seqs } = await scene(['The very first', ...filler]);
    await ben.client.read('messages.post', {
      room,
      cid: uuidv7(),
      text: 'To that',
      replyTo: seqs[0]!,
    });
    const page = await world.open(ben, DESKTOP, `/rooms/${room}`);
    const quote = article(page, 'To that').getByRole('link', { name: /^In answer to/ });
    await expect.poll(() => quote.innerText()).toContain('The very first');
    await quote.click();
    await shown(page, 'The very first').waitFor();
    await expect
      .poll(() =>
        page
          .getByRole('article')
          .filter({ hasText: 'The very first' })
          .first()
          .evaluate((row) => {
            const log = row.closest('[role=log]')!.getBoundingClientRect();
            const { top, bottom } = row.getBoundingClientRect();
            return top >= log.top && bottom <= log.bottom;
          }),
      )
      .toBe(true);
  });

  it('keeps its answer through a reload, begun or unsent', async () => {
    const { ben, room } = await scene();
    const page = await world.open(ben, DESKTOP, `/rooms/${room}`);
    await act(page, DESKTOP, '4711', 'Reply');
    await box(page).fill('half a sen');
    await page.reload();
    await page.getByRole('button', { name: 'Do not answer this message' }).waitFor();
    expect(await box(page).inputValue()).toBe('half a sen');
    world.gate.cut('reset');
    await write(page, 'an unsent answer');
    await page.getByText('Will be sent when the connection is back').waitFor();
    world.gate.heal();
    const quote = article(page, 'an unsent answer').getByRole('link', { name: /^In answer to/ });
    await expect.poll(() => quote.innerText()).toContain('4711');
  });

  for (const view of [DESKTOP, PHONE]) {
    it(`tells what it said before, at ${view.width}`, async () => {
      const { ada, ben, room, seqs } = await scene();
      const [target] = seqs as [number];
      for (const text of ['It is 0815', 'It is 0816']) {
        await ada.client.read('messages.edit', { room, target, cid: uuidv7(), text });
      }
      const page = await world.open(ben, view, `/rooms/${room}`);
      await page.getByRole('button', { name: '(edited)' }).click();
      const dialog = page.getByRole('dialog', { name: 'What it said before' });
      await dialog.getByText('The code for the door is 4711').waitFor();
      expect(await dialog.locator('bdi').allInnerTexts()).toEqual([
        'It is 0816',
        'It is 0815',
        'The code for the door is 4711',
      ]);
      expect(await violations(page)).toEqual([]);
      await picture(page, `wordings-${view.width}`);
    });

    it(`is passed on to another room, at ${view.width}`, async () => {
      const { ada, ben, room } = await scene();
      const other = `Elsewhere ${uuidv7().slice(-8)}`;
      const { id } = await ben.client.call('rooms.create', { name: other, type: 'private' });
      const page = await world.open(ben, view, `/rooms/${room}`);
      await act(page, view, '4711', 'Forward');
      const dialog = page.getByRole('dialog', { name: 'Forward to' });
      await dialog.getByRole('searchbox').fill('elsewh');
      await calm(page);
      expect(await violations(page)).toEqual([]);
      await picture(page, `forward-${view.width}`);
      await dialog.getByRole('button', { name: other }).click();
      await page.getByText(/^Forwarded to/).waitFor();
      await page.goto(`${world.url}/rooms/${id}`);
      await article(page, '4711')
        .getByText(/Forwarded from .*Ada/)
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await picture(page, `forwarded-${view.width}`);
      expect(ada.name).toBe('Ada');
    });
  }

  it('is pinned by keyboard alone, and looks well in the dark', async () => {
    const { ada, room } = await scene();
    for (const view of [DESKTOP, PHONE]) {
      const page = await world.open(ada, { ...view, theme: 'dark' }, `/rooms/${room}`);
      await article(page, 'Thanks').getByRole('button', { name: 'More actions' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      await picture(page, `menu-dark-${view.width}`);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Reply' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const pinned = article(page, 'Thanks').getByText('pinned', { exact: true });
      await expect.poll(() => pinned.count()).toBe(view === DESKTOP ? 1 : 0);
      await world.clear();
    }
  });
});
