import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { violations } from './axe';
import { box, calm, shown } from './page';
import { DESKTOP, hasChromium, PHONE, type Guest, type View, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

let world: World;

interface Scene {
  ada: Guest;
  ben: Guest;
  room: string;
  root: number;
}

describe.skipIf(!hasChromium)('a thread', () => {
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

  /** A room of Ada's with Ben in it, in which she has asked something. */
  async function scene(): Promise<Scene> {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const name = `Tea ${uuidv7().slice(-8)}`;
    const { id: room } = await ada.client.call('rooms.create', { name, type: 'public' });
    await ben.client.read('rooms.join', { room });
    const root = await post(ada, room, 'Which tea for Friday?');
    await post(ada, room, 'Something else');
    return { ada, ben, room, root };
  }

  async function post(by: Guest, room: string, text: string, thread?: number): Promise<number> {
    const where = thread === undefined ? {} : { thread };
    return (await by.client.read('messages.post', { room, cid: uuidv7(), text, ...where })).seq;
  }

  const timeline = (page: Page): Locator => page.getByRole('log', { name: /^Messages/ });
  const article = (within: Locator, text: string): Locator =>
    within.getByRole('article').filter({ has: within.page().locator('bdi', { hasText: text }) });
  const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread' });

  /** Chooses from what can be done with a message: with a mouse, or by a finger that stays. */
  async function choose(page: Page, view: View, text: string, what: string): Promise<void> {
    const row = article(timeline(page), text).last();
    if (view.width === PHONE.width) {
      const target = row.locator('bdi[dir=auto]').last();
      const at = (await target.boundingBox())!;
      const touch = { pointerType: 'touch', clientX: at.x + 4, clientY: at.y + 4, bubbles: true };
      await target.dispatchEvent('pointerdown', touch);
      await page.getByRole('menu').waitFor();
      await target.dispatchEvent('pointerup', touch);
    } else {
      await row.hover();
      await row.getByRole('button', { name: 'More actions' }).click();
    }
    await page.getByRole('menuitem', { name: what, exact: true }).click();
  }

  async function reply(page: Page, text: string): Promise<void> {
    const area = page.getByRole('textbox', { name: 'Reply in the thread' });
    await area.fill(text);
    await area.press('Enter');
  }

  for (const view of VIEWS) {
    it(`is begun, followed and found again, at ${view.width}, ${view.theme}`, async () => {
      const { ada, ben, room, root } = await scene();
      const page = await world.open(ben, view, `/rooms/${room}`);
      await choose(page, view, 'Which tea', 'Reply in thread');
      await panel(page).getByText('Nobody has replied yet.').waitFor();
      await reply(page, 'Green, please');
      await article(panel(page), 'Green, please').waitFor();
      await post(ada, room, 'Green it is', root);
      await article(panel(page), 'Green it is').waitFor();
      await panel(page).getByText('2 replies', { exact: true }).waitFor();
      expect(await violations(page)).toEqual([]);
      await calm(page);
      await page.screenshot({ path: `${pictures}/thread-${view.width}-${view.theme}.png` });

      await panel(page).getByRole('button', { name: 'Close the thread' }).click();
      await panel(page).waitFor({ state: 'detached' });
      const line = timeline(page).getByRole('link', { name: /^2 replies, last / });
      await line.waitFor();
      expect(await article(timeline(page), 'Green').count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await calm(page);
      await page.screenshot({ path: `${pictures}/thread-line-${view.width}-${view.theme}.png` });
      await line.click();
      await article(panel(page), 'Green it is').waitFor();
    });

    it(`is where a link to one of its messages leads, at ${view.width}`, async () => {
      const { ada, ben, room, root } = await scene();
      const seqs: number[] = [];
      for (let i = 0; i < 120; i++) {
        seqs.push(await post(i % 2 === 0 ? ada : ben, room, `reply ${i}`, root));
      }
      await ada.client.read('messages.pin', { room, target: seqs[3]!, cid: uuidv7() });
      const page = await world.open(ben, view, `/rooms/${room}/pins`);
      await page
        .getByRole('complementary', { name: 'Pinned messages' })
        .getByRole('link', { name: /reply 3/ })
        .click();
      await article(panel(page), 'reply 3').first().waitFor();
      await expect.poll(() => panel(page).locator('.pointed').innerText()).toContain('reply 3');
      await page.waitForURL(new RegExp(`/thread/${root}/${seqs[3]}$`));
      expect(await panel(page).getByRole('button', { name: 'Show earlier replies' }).count()).toBe(
        0,
      );
    });
  }

  it('is not among what is unread, and quotes within it', async () => {
    const { ada, ben, room, root } = await scene();
    const other = await ben.client.call('rooms.create', { name: uuidv7(), type: 'private' });
    const seq = await post(ada, room, 'Green', root);
    const { membership } = await ben.client.read('rooms.get', { room });
    expect(membership?.unread).toBe(2);
    const page = await world.open(ben, DESKTOP, `/rooms/${room}/thread/${root}`);
    await article(panel(page), 'Green').hover();
    await article(panel(page), 'Green').getByRole('button', { name: 'Reply', exact: true }).click();
    await reply(page, 'Or black');
    const quote = article(panel(page), 'Or black').getByRole('link', { name: /^In answer to/ });
    await expect.poll(() => quote.innerText()).toContain('Green');
    await quote.click();
    await page.waitForURL(new RegExp(`/thread/${root}/${seq}$`));
    await box(page).fill('beside it');
    expect(other.id).not.toBe(room);
  });

  for (const size of [DESKTOP, PHONE]) {
    it(`is followed by who takes part, and read on one device is read on all, at ${size.width}`, async () => {
      const { ada, ben, room, root } = await scene();
      await post(ben, room, 'Green', root);
      const page = await world.open(ada, size, '/');
      const place = page.getByRole('link', { name: /Threads$/ });
      await page.getByRole('link', { name: /1 unread reply/ }).waitFor();
      await expect.poll(() => page.title()).toMatch(/^\(1\) /);
      expect(await violations(page)).toEqual([]);
      await place.focus();
      await page.keyboard.press('Enter');
      const list = page.getByRole('list', { name: 'Threads' });
      const row = list.getByRole('link', { name: /Which tea for Friday.*1 unread reply/ });
      await row.waitFor();
      expect(await violations(page)).toEqual([]);
      await calm(page);
      await page.screenshot({ path: `${pictures}/threads-${size.width}.png` });

      const elsewhere = await world.open(ada, DESKTOP, `/rooms/${room}`);
      const line = timeline(elsewhere).getByRole('link', {
        name: /^1 reply, last .*1 unread reply/,
      });
      await line.waitFor();
      await row.click();
      await article(panel(page), 'Green').waitFor();
      await line.waitFor({ state: 'detached' });
      await timeline(elsewhere)
        .getByRole('link', { name: /^1 reply, last / })
        .waitFor();

      await panel(page).getByRole('button', { name: 'Unfollow' }).click();
      await panel(page).getByRole('button', { name: 'Follow', exact: true }).waitFor();
      await post(ben, room, 'Or black', root);
      await article(panel(page), 'Or black').waitFor();
      await page.goto(`${world.url}/threads`);
      await page.getByText('You follow no thread yet.').waitFor();
      await page.goto(`${world.url}/rooms/${room}/thread/${root}`);
      await panel(page).getByRole('button', { name: 'Follow', exact: true }).click();
      await panel(page).getByRole('button', { name: 'Unfollow' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }

  it('comes to the list of those that one follows with what is said in it', async () => {
    const { ada, ben, room, root } = await scene();
    const older = await post(ada, room, 'And which cake?');
    await post(ben, room, 'Plum', older);
    const page = await world.open(ada, DESKTOP, '/threads');
    const rows = page.getByRole('list', { name: 'Threads' }).getByRole('link');
    await rows.filter({ hasText: 'And which cake?' }).waitFor();
    await post(ben, room, 'Green', root);
    await rows.filter({ hasText: 'Which tea for Friday?' }).waitFor();
    await expect.poll(() => rows.allInnerTexts()).toHaveLength(2);
    expect((await rows.allInnerTexts())[0]).toContain('Which tea');
    await rows.nth(1).focus();
    await post(ben, room, 'Or apple', older);
    await rows.first().filter({ hasText: 'And which cake?' }).waitFor();
    await rows.first().getByText('2 unread replies').waitFor({ state: 'attached' });
    expect(await rows.first().evaluate((row) => row === document.activeElement)).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  it('has messages with which all can be done that can be done beside it', async () => {
    const { ben, room, root } = await scene();
    await post(ben, room, 'Green', root);
    const seq = await post(ben, room, 'Blakc', root);
    const page = await world.open(ben, DESKTOP, `/rooms/${room}/thread/${root}`);
    await article(panel(page), 'Blakc').waitFor();
    await page.getByRole('textbox', { name: 'Reply in the thread' }).press('ArrowUp');
    const editor = panel(page).locator('article textarea');
    await editor.fill('Black');
    await editor.press('Enter');
    await article(panel(page), 'Black').waitFor();

    const row = article(panel(page), 'Black').first();
    const act = async (what: string) => {
      await row.hover();
      await row.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: what, exact: true }).click();
    };
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await act('Copy link');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${world.url}/rooms/${room}/thread/${root}/${seq}`);
    await row.hover();
    await row.getByRole('button', { name: 'Reply', exact: true }).click();
    await reply(page, 'Sugar?');
    await article(panel(page), 'Sugar?')
      .getByRole('link', { name: /^In answer to/ })
      .waitFor();
    await act('React');
    const picker = page.getByRole('dialog', { name: 'Choose an emoji' });
    await picker.getByRole('searchbox').fill('tada');
    await picker.getByRole('searchbox').press('Enter');
    await row.getByRole('button', { name: '🎉 from you' }).click();
    await row.getByRole('button', { name: '🎉 from you' }).waitFor({ state: 'detached' });
    await act('Delete');
    await panel(page).getByText('This message was deleted').first().waitFor();
    await panel(page).getByText('3 replies', { exact: true }).waitFor();
  });

  it('is closed when what it begins with is deleted', async () => {
    const { ada, ben, room, root } = await scene();
    await post(ada, room, 'Green', root);
    const page = await world.open(ben, DESKTOP, `/rooms/${room}/thread/${root}`);
    await article(panel(page), 'Green').waitFor();
    await ada.client.read('messages.delete', { room, target: root, cid: uuidv7() });
    await panel(page)
      .getByText(/was deleted. Nothing can be added/)
      .waitFor();
    await shown(page, 'Something else').waitFor();
    await timeline(page)
      .getByRole('link', { name: /^1 reply, last / })
      .waitFor();
    await page.goto(`${world.url}/rooms/${room}/thread/999`);
    await panel(page).getByText('There is no such thread for you.').waitFor();
  });
});
