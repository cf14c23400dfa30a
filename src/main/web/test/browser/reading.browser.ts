import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { violations } from './axe';
import { box, calm, shown, write } from './page';
import { DESKTOP, hasChromium, PHONE, say, type Guest, VIEWS, World } from './world';

/** Where pictures are left for somebody to look at, if anybody wants them. */
const PICTURES = process.env.PARLEY_PICTURES;

describe.runIf(hasChromium)('reading', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start();
    if (PICTURES) mkdirSync(PICTURES, { recursive: true });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.clear();
    expect(world.complaints.splice(0)).toEqual([]);
  });

  async function shared(...more: Guest[]) {
    const ada = await world.guest('Ada');
    const ben = await world.guest('Ben');
    const name = `Tea ${uuidv7().slice(-6)}`;
    const made = await ada.client.read('rooms.create', { name, type: 'public' });
    for (const guest of [ben, ...more]) await guest.client.read('rooms.join', { room: made.id });
    return { ada, ben, room: made.id, name };
  }

  it('is told to who wrote: sent, delivered, read, and by whom', async () => {
    const { ada, ben, room } = await shared();
    const hers = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await write(hers, 'Tea is ready');
    await hers.getByText('Sent', { exact: true }).waitFor({ state: 'attached' });
    const his = await world.open(ben, DESKTOP, '/');
    await hers.getByText('Delivered', { exact: true }).waitFor({ state: 'attached' });
    await his.goto(`${world.url}/rooms/${room}`);
    await shown(his, 'Tea is ready').waitFor();
    await hers.getByText('Read by everybody').waitFor({ state: 'attached' });
    await hers.getByRole('button', { name: 'Read by everybody' }).click();
    const dialog = hers.getByRole('dialog', { name: 'Who has read this' });
    await dialog.getByText('Ben').waitFor();
    expect(await violations(hers)).toEqual([]);
  });

  it('is taken back by marking unread, on every device, until one comes back', async () => {
    const { ada, ben, room, name } = await shared();
    await say(ada, room, 'one', 'two', 'three');
    const desk = await world.open(ben, DESKTOP, `/rooms/${room}`);
    await shown(desk, 'three').waitFor();
    const phone = await world.open(ben, PHONE, '/');
    const link = phone.getByRole('link', { name: new RegExp(name) });
    await link.getByText('unread').waitFor({ state: 'detached' });
    await shown(desk, 'two').hover();
    await desk
      .getByRole('article')
      .filter({ hasText: 'two' })
      .getByRole('button', { name: 'More actions' })
      .click();
    await desk.getByRole('menuitem', { name: 'Mark unread from here' }).click();
    await link.getByText('2 unread messages').waitFor({ state: 'attached' });
    await desk
      .getByRole('link', { name: new RegExp(name) })
      .getByText('2 unread messages')
      .waitFor({ state: 'attached' });
    expect(await violations(desk)).toEqual([]);
    await link.click();
    await shown(phone, 'three').waitFor();
    await desk
      .getByRole('link', { name: new RegExp(name) })
      .getByText('unread')
      .waitFor({ state: 'detached' });
  });

  for (const view of VIEWS) {
    it(`tells apart who is meant, and completes names (${view.width}-${view.theme})`, async () => {
      const { ada, ben, room, name } = await shared();
      await say(ada, room, 'Nothing for anybody');
      const his = await world.open(ben, view);
      const link = his.getByRole('link', { name: new RegExp(name) });
      const hers = await world.open(ada, DESKTOP, `/rooms/${room}`);
      await box(hers).pressSequentially('Look, @be');
      const list = hers.getByRole('listbox', { name: 'People to mention' });
      await list.getByRole('option', { name: 'Ben' }).waitFor();
      expect(await violations(hers)).toEqual([]);
      await box(hers).press('Enter');
      await list.waitFor({ state: 'detached' });
      await box(hers).pressSequentially('the kettle');
      await box(hers).press('Enter');
      await shown(hers, '@Ben').waitFor();
      await link.getByText('1 mention of you').waitFor({ state: 'attached' });
      if (PICTURES)
        await his.screenshot({ path: `${PICTURES}/list-${view.width}-${view.theme}.png` });
      await link.click();
      await his.locator('.mention-own').waitFor();
      await his.getByRole('button', { name: '1 mention' }).click();
      await calm(his);
      expect(await violations(his)).toEqual([]);
      if (PICTURES)
        await his.screenshot({ path: `${PICTURES}/room-${view.width}-${view.theme}.png` });
    });
  }

  it('mentions everybody with the arrow keys alone', async () => {
    const { ada, ben, room, name } = await shared();
    const his = await world.open(ben);
    const hers = await world.open(ada, DESKTOP, `/rooms/${room}`);
    await box(hers).pressSequentially('@');
    await hers.getByRole('option', { name: '@room' }).waitFor();
    await box(hers).press('ArrowUp');
    await box(hers).press('Tab');
    await box(hers).pressSequentially('tea!');
    await box(hers).press('Enter');
    await his
      .getByRole('link', { name: new RegExp(name) })
      .getByText('1 mention of you')
      .waitFor({ state: 'attached' });
  });
});
