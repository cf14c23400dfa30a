import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, shown } from './page';
import { DESKTOP, hasChromium, PHONE, say, World } from './world';

const MOST_STOPS = 40;

let world: World;

/** What has the focus: its role, its name, and whether that can be seen. */
interface Focus {
  name: string;
  seen: string;
}

/** Presses Tab until something of this name has the focus; on the way, each stop must show that it has it. */
async function tabTo(page: Page, wanted: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (passed.length < MOST_STOPS) {
    await page.keyboard.press(key);
    const { name, seen } = await page.evaluate(focused);
    passed.push(name);
    expect(seen, `${name} after ${passed.join(' → ')}`).toBe('seen');
    if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return;
  }
  throw new Error(`no ${String(wanted)} in ${passed.join(' → ')}`);
}

function focused(): Focus {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) {
    return { name: '(the page)', seen: 'seen' };
  }
  const bare = element.cloneNode(true) as HTMLElement;
  bare.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove());
  const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
  const name = (
    element.getAttribute('aria-label') ??
    label ??
    element.querySelector('bdi')?.textContent ??
    bare.textContent
  ).trim();
  const probe = document.body.appendChild(document.createElement('i'));
  probe.className = 'text-accent';
  const accent = getComputedStyle(probe).color;
  probe.remove();
  const ringed = (one: Element | null) => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth, borderBlockStartColor } = getComputedStyle(one);
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
    return outlined || borderBlockStartColor === accent;
  };
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inSight = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  // A field may let the frame around it, and a hidden radio button its label, show the focus.
  const frame = element.closest('form:focus-within, label');
  const shows = ringed(element) || ringed(frame);
  return { name, seen: !inSight ? 'out of sight' : shows ? 'seen' : 'without a ring' };
}

describe.skipIf(!hasChromium)('by keyboard alone', () => {
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
    it(`everything can be done, and the focus is seen, at ${view.width}`, async () => {
      const ben = await world.guest('Ben');
      const { id } = await ben.client.call('rooms.create', {
        name: `Other ${Date.now()}`,
        type: 'public',
      });
      const page = await world.page(view);
      const name = `Tea ${Date.now()}`;

      await page.goto(`${world.url}/signin`);
      await page.getByRole('heading').first().waitFor();
      await tabTo(page, 'Create account');
      await page.keyboard.press('Enter');
      await page.getByLabel('Your name').waitFor();
      await page.keyboard.type('Ada');
      await tabTo(page, 'Username');
      const username = world.username();
      await page.keyboard.type(username);
      await tabTo(page, 'Password');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Chats' }).waitFor();

      const { users } = await ben.client.read('users.search', { query: username });
      await ben.client.read('rooms.add', { room: id, user: users[0]!.id });
      await say(ben, id, 'Are you there?');

      await tabTo(page, 'New room');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type(name);
      await tabTo(page, 'Create room');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name }).waitFor();

      await tabTo(page, `Write to ${name}`);
      await page.keyboard.type('First');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('and second');
      await page.keyboard.press('Enter');
      await page.getByRole('log').getByText('First\nand second').waitFor();

      if (view.width < 600) {
        await tabTo(page, 'Back', 'Shift+Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Chats' }).waitFor();
      }
      await tabTo(page, /^Other/, view.width < 600 ? 'Tab' : 'Shift+Tab');
      await page.keyboard.press('Enter');
      await shown(page, 'Are you there?').waitFor();
      await tabTo(page, /^Write to Other/);
      await page.keyboard.type('Yes');
      await tabTo(page, 'Send');
      await page.keyboard.press('Space');
      await shown(page, 'Yes').waitFor();

      await tabTo(page, 'Show members', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary').getByText('Ben').waitFor();
      await tabTo(page, 'Hide members');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary').waitFor({ state: 'detached' });

      if (view.width < 600) {
        await tabTo(page, 'Back', 'Shift+Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Chats' }).waitFor();
      }
      await tabTo(page, /^(Online )?You$/, view.width < 600 ? 'Tab' : 'Shift+Tab');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Sign out');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    });
  }
});
