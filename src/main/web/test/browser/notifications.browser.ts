import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/client/ids';
import { violations } from './axe';
import { box, calm } from './page';
import { DESKTOP, hasChromium, say, type Guest, type View, VIEWS, World } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

let world: World;
let ada: Guest;
let ben: Guest;
let room: string;
let name: string;
let direct: string;

interface Shown {
  title: string;
  body: string;
  tag: string;
}

interface Recording extends Window {
  shown: (Shown & { onclick?: () => void })[];
  asked: number;
  inFront: boolean;
}

/** Stands in for the browser's own: remembers what is shown, and whether it was asked. */
function record(permission: string): void {
  const page = window as unknown as Recording & { Notification: unknown };
  page.shown = [];
  page.asked = 0;
  page.inFront = true;
  document.hasFocus = () => page.inFront;
  class Recorded {
    static permission = sessionStorage.getItem('may') ?? permission;
    static requestPermission(): Promise<string> {
      page.asked++;
      Recorded.permission = 'granted';
      sessionStorage.setItem('may', 'granted');
      return Promise.resolve('granted');
    }
    onclick: (() => void) | undefined;
    constructor(
      readonly title: string,
      private readonly options: { body: string; tag: string },
    ) {
      page.shown.push(this as unknown as Recording['shown'][number]);
    }
    get body(): string {
      return this.options.body;
    }
    get tag(): string {
      return this.options.tag;
    }
    close(): void {
      // Nothing stays on a screen here.
    }
  }
  page.Notification = Recorded;
}

const shown = (page: Page): Promise<Shown[]> =>
  page.evaluate(() =>
    (window as unknown as Recording).shown.map(({ title, body, tag }) => ({ title, body, tag })),
  );

const leave = (page: Page) =>
  page.evaluate(() => {
    (window as unknown as Recording).inFront = false;
    dispatchEvent(new Event('blur'));
  });

async function open(path: string, view: View = DESKTOP, permission = 'default'): Promise<Page> {
  const page = await world.page(view);
  await page.addInitScript(record, permission);
  await world.enter(page, ada);
  await page.goto(world.url + path);
  return page;
}

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Turn on notifications' }).click();
  await page.getByLabel('Show notifications').waitFor();
}

describe.skipIf(!hasChromium)('notifications', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    world = await World.start();
  });
  beforeEach(async () => {
    [ada, ben] = [await world.guest('Ada'), await world.guest('Ben')];
    name = `Hall ${uuidv7().slice(-8)}`;
    const hall = await ben.client.call('rooms.create', {
      name,
      description: '',
      type: 'public',
    });
    room = hall.id;
    await ada.client.read('rooms.join', { room });
    direct = (await ben.client.read('rooms.direct', { user: ada.id })).id;
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    expect(world.complaints).toEqual([]);
    await world.stop();
  });

  for (const view of VIEWS) {
    it(`are asked for by a click and set, at ${view.width} in the ${view.theme}`, async () => {
      const page = await open('/settings/notifications', view);
      await page.getByRole('button', { name: 'Turn on notifications' }).waitFor();
      expect(await page.evaluate(() => (window as unknown as Recording).asked)).toBe(0);
      await calm(page);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `${pictures}/calling-ask-${view.width}-${view.theme}.png` });
      await turnOn(page);
      expect(await page.evaluate(() => (window as unknown as Recording).asked)).toBe(1);
      await page.getByLabel('All messages').check();
      await page.getByLabel('Play a sound').uncheck();
      await calm(page);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `${pictures}/calling-${view.width}-${view.theme}.png` });
      await page.reload();
      expect(await page.getByLabel('All messages').isChecked()).toBe(true);
      expect(await page.getByLabel('Show notifications').isChecked()).toBe(true);
      expect(await page.getByLabel('Play a sound').isChecked()).toBe(false);
    });
  }

  it('say why there are none where the browser refuses them', async () => {
    const page = await open('/settings/notifications', DESKTOP, 'denied');
    await page.getByText('Your browser keeps this page from showing').waitFor();
    expect(await page.getByRole('button', { name: 'Turn on notifications' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it('call for what is written to one alone, and lead there', async () => {
    const page = await open('/settings/notifications');
    await turnOn(page);
    await say(ben, room, 'nothing for Ada');
    await say(ben, direct, 'lunch?');
    await expect.poll(() => shown(page)).toHaveLength(1);
    expect((await shown(page))[0]).toMatchObject({ title: 'Ben', body: 'lunch?' });
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
    expect(await page.getAttribute('link[rel="icon"]', 'href')).toBe('/icon-unread.svg');
    await page.evaluate(() => (window as unknown as Recording).shown[0]?.onclick?.());
    await box(page).waitFor();
    expect(page.url()).toContain(`/rooms/${direct}/`);
    await page.getByRole('log').getByText('lunch?').waitFor();
  });

  it('call for everything if one wants it, without what was written if one does not', async () => {
    const page = await open('/settings/notifications');
    await turnOn(page);
    await page.getByLabel('All messages').check();
    await page.getByLabel('Show what was written').uncheck();
    await say(ben, room, 'a secret');
    await expect.poll(() => shown(page)).toHaveLength(1);
    const [one] = await shown(page);
    expect(one?.title).toContain('Ben');
    expect(one?.title).toContain(name);
    expect(one?.body).toBe('New message');
  });

  it('do not call for the room that is looked at, and do once one looks elsewhere', async () => {
    const page = await open('/settings/notifications');
    await turnOn(page);
    await page.goto(`${world.url}/rooms/${direct}`);
    await box(page).waitFor();
    await say(ben, direct, 'while you look');
    await page.getByRole('log').getByText('while you look').waitFor();
    expect(await shown(page)).toEqual([]);
    await leave(page);
    await say(ben, direct, 'while you do not');
    await expect
      .poll(async () => (await shown(page)).map((one) => one.body))
      .toEqual(['while you do not']);
  });

  it('call once in a browser with several tabs', async () => {
    const page = await open('/settings/notifications');
    await turnOn(page);
    const other = await page.context().newPage();
    await other.addInitScript(record, 'granted');
    await other.goto(`${world.url}/settings/notifications`);
    await other.getByLabel('Show notifications').waitFor();
    await say(ben, direct, 'once');
    await expect.poll(async () => [...(await shown(page)), ...(await shown(other))].length).toBe(1);
    await say(ben, direct, 'twice');
    await expect
      .poll(async () => [...(await shown(page)), ...(await shown(other))].map((one) => one.body))
      .toEqual(['once', 'twice']);
    await page.close();
    await other.waitForFunction(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      const leading = ({ name }: LockInfo) => name?.startsWith('parley.caller.') === true;
      return held.some(leading) && !pending.some(leading);
    });
    await say(ben, direct, 'from the tab that is left');
    await expect.poll(async () => (await shown(other)).length).toBeGreaterThan(0);
  });

  it('follow what is chosen in a tab that does not call', async () => {
    const page = await open('/settings/notifications');
    await page.getByRole('button', { name: 'Turn on notifications' }).waitFor();
    const other = await page.context().newPage();
    await other.addInitScript(record, 'granted');
    await other.goto(`${world.url}/settings/notifications`);
    await other.getByLabel('Show notifications').check();
    // What the browser allows one tab it allows all.
    await page.evaluate(() => {
      (Notification as unknown as { permission: string }).permission = 'granted';
    });
    await other.getByLabel('Show what was written').uncheck();
    await expect.poll(() => page.getByLabel('Show what was written').isChecked()).toBe(false);
    await say(ben, direct, 'a secret');
    await expect
      .poll(async () => (await shown(page)).map((one) => one.body))
      .toEqual(['New message']);
    const nothing = (tab: Page) => tab.getByRole('radio', { name: /^Nothing/ });
    await nothing(other).check();
    await expect.poll(() => nothing(page).isChecked()).toBe(true);
    expect(await shown(other)).toEqual([]);
  });

  it('are silent while one does not want to be disturbed', async () => {
    const page = await open('/settings/notifications');
    await turnOn(page);
    await page.getByLabel('How others see you').last().selectOption('dnd');
    await page.getByText('nothing calls you until you change that').waitFor();
    expect(await violations(page)).toEqual([]);
    await say(ben, direct, 'are you there?');
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
    expect(await shown(page)).toEqual([]);
  });
});
