import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { atHead, box } from './page';
import { DESKTOP, hasChromium, PHONE, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));
let world: World;

describe.skipIf(!hasChromium)('a link into a room', () => {
  beforeAll(async () => {
    world = await World.start();
    mkdirSync(pictures, { recursive: true });
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const view of [DESKTOP, PHONE]) {
    it(`is made, opened and taken back, at ${view.width}`, async () => {
      const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
      const { id } = await ada.client.call('rooms.create', {
        name: `Tea ${Date.now()}`,
        type: 'private',
      });
      const hers = await world.open(ada, view, `/rooms/${id}`);
      await atHead(hers, 'Room settings');
      const form = hers.getByRole('dialog', { name: 'Room settings' });
      await form.getByText('There are no links.').waitFor();
      await form.getByLabel('For how many people').selectOption('10');
      await form.getByRole('button', { name: 'Make a link' }).click();
      const link = new URL(await form.getByLabel('New link').inputValue());
      expect(link.pathname + link.hash).toMatch(/^\/invite#pit_[\w-]{43}$/);
      await form.getByText('0 of 10 came').waitFor();
      await hers.screenshot({ path: `${pictures}/invites-made-${view.width}.png` });
      expect(await violations(hers)).toEqual([]);

      const his = await world.open(ben, view, link.pathname + link.hash);
      await his.getByRole('heading', { name: /You are invited to .*Tea/ }).waitFor();
      expect(new URL(his.url()).hash).toBe('');
      await his.screenshot({ path: `${pictures}/invites-opened-${view.width}.png` });
      expect(await violations(his)).toEqual([]);
      await his.getByRole('button', { name: 'Come in' }).click();
      await box(his).waitFor();
      expect(new URL(his.url()).pathname).toBe(`/rooms/${id}`);

      await form.getByRole('button', { name: /Take back: by/ }).click();
      await form.getByText('There are no links.').waitFor();
      const eve = await world.guest('Eve');
      const late = await world.open(eve, view, link.pathname + link.hash);
      await late.getByText('This link does not work').waitFor();
    });
  }

  it('is kept for whoever signs in first', async () => {
    const [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    const { id } = await ada.client.call('rooms.create', {
      name: `Mate ${Date.now()}`,
      type: 'public',
    });
    const { token } = await ada.client.call('rooms.invite', { room: id });
    const his = await world.page(DESKTOP);
    await his.goto(`${world.url}/invite#${token}`);
    await his.getByLabel('Username, e-mail or phone').waitFor();
    expect(new URL(his.url()).hash).toBe('');
    await his.getByRole('link', { name: 'Create account' }).click();
    await his.getByRole('link', { name: 'Sign in' }).click();
    await his.getByLabel('Username, e-mail or phone').fill(ben.username);
    await his.getByLabel('Password', { exact: true }).fill(ben.password);
    await his.getByRole('button', { name: 'Sign in' }).click();
    await his.getByRole('button', { name: 'Come in' }).click();
    await box(his).waitFor();
  });
});
