import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { Refusal } from '../fake-commands';
import { act, article, menuOf } from './acting';
import { violations } from './axe';
import { box, calm, shown, still, write } from './page';
import { DESKTOP, hasChromium, real, say, type Guest, type View, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

let world: World;

interface Scene {
  ada: Guest;
  ben: Guest;
  room: string;
  name: string;
}

describe.skipIf(!hasChromium)('what one does with one’s messages', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    world = await World.start();
  });
  afterEach(async () => {
    if (world.server) world.server.before = () => true;
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  /** A room of Ada's with Ben in it. */
  async function scene(): Promise<Scene> {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const name = `Tea ${uuidv7().slice(-8)}`;
    const { id } = await ada.client.call('rooms.create', { name, type: 'public' });
    await ben.client.read('rooms.join', { room: id });
    return { ada, ben, room: id, name };
  }

  const editor = (page: Page) =>
    page.getByRole('textbox', { name: 'Other words for this message' });
  const focused = (page: Page) => page.locator(':focus');
  const writing = async (page: Page) => focused(page).and(box(page)).waitFor();

  async function picture(page: Page, name: string, view: View): Promise<void> {
    await calm(page);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${pictures}/${name}-${view.width}-${view.theme}.png` });
  }

  for (const view of VIEWS) {
    it(`are put in other words in their place, at ${view.width} ${view.theme}`, async () => {
      const { ada, ben, room } = await scene();
      await say(ada, room, 'The ketle is on', 'Anybody?');
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const his = await world.open(ben, view, `/rooms/${room}`);
      await act(hers, view, 'ketle', 'Edit');
      await focused(hers).and(editor(hers)).waitFor();
      expect(await editor(hers).inputValue()).toBe('The ketle is on');
      await picture(hers, 'acts-edit', view);
      await editor(hers).fill('The kettle is on');
      // What else happens in the room leaves it alone.
      await say(ben, room, 'Coming');
      await shown(hers, 'Coming').waitFor();
      expect(await editor(hers).inputValue()).toBe('The kettle is on');
      expect(await shown(his, 'The ketle is on').count()).toBe(1);
      await editor(hers).press('Enter');
      await shown(his, 'The kettle is on').waitFor();
      await shown(hers, 'The kettle is on').waitFor();
      expect(await editor(hers).count()).toBe(0);
      await article(his, 'kettle').getByText('(edited)').waitFor();
      await writing(hers);
    });

    it(`are deleted, unless that is taken back, at ${view.width} ${view.theme}`, async () => {
      const { ada, ben, room, name } = await scene();
      await say(ada, room, 'Not for here', 'Anybody?');
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const his = await world.open(ben, view, `/rooms/${room}`);
      await menuOf(hers, view, article(hers, 'Not for here'));
      await picture(hers, 'acts-menu', view);
      await hers.getByRole('menuitem', { name: 'Delete' }).click();
      await hers.getByText('Message deleted.').waitFor();
      await shown(hers, 'This message was deleted.').waitFor();
      await picture(hers, 'acts-delete', view);
      expect(await shown(his, 'Not for here').count()).toBe(1);
      await hers.getByRole('button', { name: 'Undo' }).click();
      await shown(hers, 'Not for here').waitFor();
      await act(hers, view, 'Not for here', 'Delete');
      await hers.getByRole('button', { name: 'Close' }).click();
      await shown(his, 'This message was deleted.').waitFor();
      await shown(hers, 'This message was deleted.').waitFor();
      // Others' only where one moderates.
      await say(ben, room, 'From Ben');
      await menuOf(his, view, article(his, 'Anybody?'));
      expect(await his.getByRole('menuitem', { name: 'Reply', exact: true }).count()).toBe(1);
      expect(await his.getByRole('menuitem', { name: 'Delete' }).count()).toBe(0);
      expect(await his.getByRole('menuitem', { name: 'Edit' }).count()).toBe(0);
      await act(hers, view, 'From Ben', 'Delete');
      // Leaving the page is the end of the way back.
      await hers.goto('about:blank');
      await expect
        .poll(() => his.getByText('This message was deleted.').count())
        .toBeGreaterThan(1);
      expect(name).toContain('Tea');
    });

    it(`are given emoji, and those taken back, at ${view.width} ${view.theme}`, async () => {
      const { ada, ben, room } = await scene();
      await say(ada, room, 'Scones at four', 'Bring jam');
      const hers = await world.open(ada, view, `/rooms/${room}`);
      const his = await world.open(ben, view, `/rooms/${room}`);
      await act(his, view, 'Scones', 'React');
      const picker = his.getByRole('dialog', { name: 'Choose an emoji' });
      await picker.getByRole('button', { name: 'rocket' }).waitFor({ state: 'attached' });
      await picture(his, 'acts-picker', view);
      await picker.getByRole('searchbox').fill('tada');
      await picture(his, 'acts-picker-found', view);
      await picker.getByRole('searchbox').press('Enter');
      await picker.waitFor({ state: 'detached' });
      const given = (page: Page, words: string | RegExp) =>
        article(page, 'Scones').getByRole('button', { name: words });
      await given(his, '🎉 from you').waitFor();
      await given(hers, '🎉 from 1 person').click();
      await given(hers, '🎉 from you and 1 other').waitFor();
      await given(his, '🎉 from you and 1 other').waitFor();
      expect(await given(hers, /^🎉/).getAttribute('aria-pressed')).toBe('true');
      await picture(hers, 'acts-reactions', view);
      await given(his, /^🎉/).click();
      await given(hers, '🎉 from you').waitFor();
      expect(await given(his, /^🎉/).getAttribute('aria-pressed')).toBe('false');
      await hers.reload();
      await given(hers, '🎉 from you').waitFor();
      // What one uses comes first.
      await act(his, view, 'Bring jam', 'React');
      await expect
        .poll(() => picker.locator('[data-emoji]').first().getAttribute('aria-label'))
        .toBe('party popper');
    });
  }

  it('are edited by keyboard alone, and escaped from', async () => {
    const { ada, room } = await scene();
    await say(ada, room, 'one', 'two');
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await shown(page, 'two').waitFor();
    await box(page).press('ArrowUp');
    await focused(page).and(editor(page)).waitFor();
    await page.keyboard.type('!!');
    await page.keyboard.press('Escape');
    await shown(page, 'two').waitFor();
    await writing(page);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type(' and three');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('lines');
    await page.keyboard.press('Enter');
    await shown(page, 'two and three\nlines').waitFor();
    await writing(page);
    // Where something is written the key is the caret's.
    await page.keyboard.type('draft');
    await page.keyboard.press('ArrowUp');
    expect(await editor(page).count()).toBe(0);
  });

  it('are edited where they stand, also far above, and through a reload', async () => {
    const { ada, ben, room } = await scene();
    await say(ada, room, 'mine');
    await say(ben, room, ...Array.from({ length: 40 }, (_, index) => `line ${index}`));
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await shown(page, 'line 39').waitFor();
    await box(page).press('ArrowUp');
    await focused(page).and(editor(page)).waitFor();
    await editor(page).fill('mine, and better');
    const inSight = () =>
      editor(page).evaluate((field) => {
        const log = field.closest('[role=log]')!.getBoundingClientRect();
        const { top, bottom } = field.getBoundingClientRect();
        return top >= log.top && bottom <= log.bottom;
      });
    await expect.poll(inSight).toBe(true);
    await still(page);
    // Whoever scrolls away stays there, whatever comes, and is in the field where they were.
    await page.getByRole('log').evaluate((log) => (log.scrollTop = log.scrollHeight));
    await expect.poll(inSight).toBe(false);
    await say(ben, room, 'line 40');
    await shown(page, 'line 40').waitFor();
    expect(await inSight()).toBe(false);
    await focused(page).and(editor(page)).waitFor();
    await page.keyboard.type('!');
    expect(await editor(page).inputValue()).toBe('mine, and better!');
    await page.reload();
    await editor(page).waitFor();
    await box(page).press('ArrowUp');
    await focused(page).and(editor(page)).waitFor();
    expect(await editor(page).inputValue()).toBe('mine, and better!');
    await editor(page).press('Enter');
    await shown(page, 'mine, and better!').waitFor();
  });

  it('stay in sight while they are edited, however much comes below', async () => {
    const { ada, ben, room } = await scene();
    await say(ada, room, 'mine');
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await shown(page, 'mine').waitFor();
    await box(page).press('ArrowUp');
    await focused(page).and(editor(page)).waitFor();
    const below = page.getByRole('button', { name: /new message/ });
    // One at a time: none of them is far enough below the last one to be a step away from the end.
    for (let n = 0; n < 40; n++) {
      await say(ben, room, `line ${n}`);
      await shown(page, `line ${n}`).or(below).first().waitFor();
    }
    await below.waitFor();
    await page.keyboard.type('!');
    await expect.poll(() => editor(page).inputValue()).toBe('mine!');
    expect((await editor(page).boundingBox())!.y).toBeGreaterThan(56);
  });

  it('mention whom they name when they are edited', async () => {
    const { ada, ben, room } = await scene();
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await box(page).pressSequentially('ask @be');
    await page.getByRole('option', { name: 'Ben' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.mention', { hasText: '@Ben' }).waitFor();
    await box(page).press('ArrowUp');
    await page.keyboard.type(' or @ro');
    await page.getByRole('option', { name: '@room' }).waitFor();
    await picture(page, 'acts-edit-mention', DESKTOP);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => {
        const { entries } = await ben.client.read('messages.history', { room });
        return entries.findLast(({ kind }) => kind === 'message')?.body;
      })
      .toMatchObject({ text: 'ask @Ben or @room', mentions: [ben.id], mentionsRoom: true });
  });

  it.skipIf(real)('say at the field why they were not taken', async () => {
    const { ada, room } = await scene();
    await say(ada, room, 'one');
    for (const view of VIEWS) {
      world.server!.before = (name) => {
        if (name !== 'messages.edit') return true;
        throw new Refusal(4130, 'TOO_LARGE limit=500: a message may be edited at most 500 times');
      };
      const page = await world.open(ada, view, `/rooms/${room}`);
      await act(page, view, 'one', 'Edit');
      await editor(page).fill('two');
      await editor(page).press('Enter');
      await page.getByRole('alert').getByText('A message may be edited at most 500').waitFor();
      expect(await editor(page).inputValue()).toBe('two');
      await picture(page, 'acts-edit-refused', view);
      await editor(page).fill('');
      await page.getByRole('alert').getByText('This must not be empty.').waitFor();
      await editor(page).fill('x'.repeat(8_003));
      await page.getByText('3 characters too long').waitFor();
      await editor(page).press('Enter');
      await editor(page).press('Escape');
      await shown(page, 'one').waitFor();
      await world.clear();
    }
  });

  it.skipIf(real)('are given no emoji where the server refuses, with a word', async () => {
    const { ada, ben, room } = await scene();
    await say(ada, room, 'one');
    const page = await world.open(ben, DESKTOP, `/rooms/${room}`);
    world.server!.before = (name) => {
      if (name !== 'messages.react') return true;
      throw new Refusal(4033, 'MUTED: you are muted in this room');
    };
    await act(page, DESKTOP, 'one', 'React');
    await page.getByRole('button', { name: 'thumbs up' }).first().click();
    await page.getByRole('status').getByText('you may not write here for now').waitFor();
    expect(await page.getByRole('list', { name: 'Reactions' }).count()).toBe(0);
  });

  it('are reacted to by keyboard alone', async () => {
    const { ada, room } = await scene();
    await say(ada, room, 'one');
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await article(page, 'one').getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'React' }).focus();
    await page.keyboard.press('Enter');
    const picker = page.getByRole('dialog', { name: 'Choose an emoji' });
    await focused(page).and(picker.getByRole('searchbox')).waitFor();
    await picker.getByRole('button', { name: 'rocket' }).waitFor({ state: 'attached' });
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowUp']) {
      await page.keyboard.press(key);
    }
    await focused(page).and(picker.locator('[data-emoji]')).waitFor();
    await page.keyboard.press('ArrowUp');
    await focused(page).and(picker.getByRole('searchbox')).waitFor();
    await page.keyboard.type('no such');
    await picker.getByText('No emoji is called that.').waitFor();
    await page.keyboard.press('Escape');
    if ((await picker.count()) > 0) await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'detached' });
    await focused(page)
      .and(page.getByRole('button', { name: 'More actions' }))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'React' }).focus();
    await page.keyboard.press('Enter');
    await focused(page).and(picker.getByRole('searchbox')).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /from you$/ }).waitFor();
  });

  it('are written with emoji by their names', async () => {
    const { ada, room } = await scene();
    for (const view of VIEWS) {
      const page = await world.open(ada, view, `/rooms/${room}`);
      await box(page).pressSequentially('off we go :rock');
      await page.getByRole('option', { name: /rocket/ }).waitFor();
      await picture(page, 'acts-completion', view);
      await page.keyboard.press('Enter');
      await expect.poll(() => box(page).inputValue()).toBe('off we go 🚀 ');
      await page.keyboard.press('Enter');
      await shown(page, 'off we go 🚀').first().waitFor();
      await world.clear();
    }
  });

  it('are deleted by keyboard, with the way back at hand', async () => {
    const { ada, room } = await scene();
    await say(ada, room, 'one', 'two');
    const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await article(page, 'one').getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).focus();
    await page.keyboard.press('Enter');
    await writing(page);
    const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
    for (let stops = 0; stops < 4 && (await focused(page).and(undo).count()) === 0; stops++) {
      await page.keyboard.press('Tab');
    }
    await focused(page).and(undo).waitFor();
    await page.keyboard.press('Enter');
    await shown(page, 'one').waitFor();
    await write(page, 'three');
    await shown(page, 'three').waitFor();
  });
});
