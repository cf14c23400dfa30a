import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/client/failure';
import { uuidv7 } from '../../src/client/ids';
import { violations } from './axe';
import { box, calm, PASSWORD, shown, write } from './page';
import { DESKTOP, hasChromium, PHONE, real, say, type Guest, VIEWS, World } from './world';

const SOON = { timeout: 20_000, interval: 500 };
const CLOSED = 'nothing can be sent in this conversation any more';

let world: World;
let ada: Guest;
let ben: Guest;
/** A room of somebody whose account was deleted, and who else is in it. */
let farewell: { room: string; reader: Guest } | undefined;

/** What the other one of a direct room is told when they write there; nothing when it goes through. */
async function refusal(guest: Guest, room: string): Promise<string | undefined> {
  const post = { room, cid: uuidv7(), text: 'Are you there?' };
  return guest.client.call('messages.post', post).then(
    () => undefined,
    (thrown: unknown) => Failure.from(thrown).detail,
  );
}

async function direct(): Promise<string> {
  return (await ada.client.read('rooms.direct', { user: ben.id })).id;
}

/** What this browser still has of somebody. */
async function kept(page: Page, user: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const found = Object.entries(localStorage).filter((pair) => pair.join().includes(id));
    const stored = (name: string, store: string) =>
      new Promise<string>((done) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => {
          const objects = opening.result.transaction(store).objectStore(store);
          const [keys, values] = [objects.getAllKeys(), objects.getAll()];
          values.onsuccess = () => {
            opening.result.close();
            done(JSON.stringify([keys.result, values.result]));
          };
        };
      });
    const all = await Promise.all([
      stored('parley', 'outbox'),
      stored('parley-rooms', 'snapshots'),
    ]);
    return [...found.map(([key]) => key), ...all.filter((text) => text.includes(id))];
  }, user);
}

// The server in memory has no rules about people.
describe.skipIf(!hasChromium || !real)('people', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  beforeEach(async () => {
    ada = await world.guest('Ada Ferreira');
    ben = await world.guest('Ben Okafor');
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await world.stop();
  });

  for (const view of [DESKTOP, PHONE]) {
    it(`are found, kept and written to at ${view.width}`, async () => {
      const page = await world.open(ada, view, '/people');
      await page.getByText('No contacts yet.').waitFor();
      const search = page.getByRole('searchbox', { name: 'Search people by name' });
      await search.fill(ben.username);
      await page.getByRole('link', { name: `Ben Okafor @${ben.username}` }).click();
      await page.getByRole('heading', { name: 'Ben Okafor' }).waitFor();
      await page.getByRole('button', { name: 'Add to contacts' }).click();
      await page.getByRole('button', { name: 'Remove from contacts' }).waitFor();
      await page.getByRole('button', { name: 'Message' }).click();
      await write(page, 'Hello Ben');
      await shown(page, 'Hello Ben').waitFor();

      const other = await world.open(ben, view, `/rooms/${await direct()}`);
      await shown(other, 'Hello Ben').waitFor();
      await other.getByRole('article').getByRole('link', { name: 'Ada Ferreira' }).click();
      await other.getByRole('heading', { name: 'Ada Ferreira' }).waitFor();

      await page.goto(`${world.url}/people`);
      const contacts = page.getByRole('region', { name: 'Contacts' });
      await contacts.getByRole('link', { name: 'Ben Okafor' }).waitFor();
      await search.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Remove from contacts' }).click();
      await page.getByText('is out of your contacts.').waitFor();
      expect((await ada.client.read('contacts.list', {})).contacts).toEqual([]);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: 'Remove from contacts' }).waitFor();
      await expect
        .poll(async () => (await ada.client.read('contacts.list', {})).contacts.length)
        .toBe(1);
    });
  }

  it(
    'who are blocked are told nothing but that nothing goes through',
    { timeout: 90_000 },
    async () => {
      const room = await direct();
      await say(ben, room, 'Buy my lamp');
      const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
      const other = await world.open(ben, DESKTOP, `/rooms/${room}`);
      await shown(page, 'Buy my lamp').waitFor();
      await page.getByRole('heading').getByRole('link', { name: 'Ben Okafor' }).click();
      await page.getByRole('button', { name: 'Block' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: 'Block' }).click();
      await page.getByRole('button', { name: 'Unblock' }).waitFor();
      await page.goBack();
      await page.getByText('Unblock to write.').waitFor();
      expect(await box(page).count()).toBe(0);

      await expect.poll(() => refusal(ben, room), SOON).toBe(CLOSED);
      await write(other, 'And my chair');
      await other.getByText(`Not sent: ${CLOSED}`).waitFor();
      await other.goto(`${world.url}/people`);
      await other.getByRole('searchbox', { name: 'Search people by name' }).fill(ada.username);
      await other.getByText('Nobody by that name.').waitFor();
      await other.goto(`${world.url}/people/${ada.id}`);
      await other.getByRole('heading', { name: 'Ada Ferreira' }).waitFor();
      expect(await other.getByText('Last seen').count()).toBe(0);
      expect(await other.getByText('block', { exact: false }).allInnerTexts()).toEqual(['Block']);

      await page.goto(`${world.url}/settings/blocked`);
      await page.getByRole('button', { name: 'Unblock: Ben Okafor' }).click();
      await page.getByText('You have blocked nobody.').waitFor();
      await page.goto(`${world.url}/rooms/${room}`);
      await box(page).waitFor();
      await expect.poll(() => refusal(ben, room), SOON).toBe(undefined);
      await other.goto(`${world.url}/rooms/${room}`);
      await other.getByRole('button', { name: 'Try again' }).click();
      await shown(page, 'And my chair').waitFor();
    },
  );

  it('who never wrote to each other do not begin to, when one has blocked the other', async () => {
    await ada.client.read('contacts.block', { user: ben.id });
    const page = await world.open(ben, DESKTOP, `/people/${ada.id}`);
    await page.getByRole('button', { name: 'Message' }).click();
    await page.getByText('This person cannot be reached.').waitFor();
  });

  it('see when one was last here only if they may, and are shown only then', async () => {
    const page = await world.open(ada, DESKTOP, '/settings/privacy');
    const other = await world.open(ben, DESKTOP, `/people/${ada.id}`);
    const asked = async () => {
      await other.reload();
      await other.getByRole('heading', { name: 'Ada Ferreira' }).waitFor();
      return other.getByText('Last seen').count();
    };
    await expect.poll(asked, SOON).toBe(1);
    const group = page.getByRole('group', { name: 'When you were last here' });
    await group.getByRole('radio', { name: 'Nobody' }).check();
    await expect.poll(asked, SOON).toBe(0);
    const own = await world.open(ada, DESKTOP, `/people/${ben.id}`);
    await own.getByRole('heading', { name: 'Ben Okafor' }).waitFor();
    expect(await own.getByText('Last seen').count()).toBe(0);
    await group.getByRole('radio', { name: 'My contacts' }).check();
    await ada.client.read('contacts.add', { user: ben.id });
    await expect.poll(asked, SOON).toBe(1);
    await page.reload();
    await expect
      .poll(() => group.getByRole('radio', { name: 'My contacts' }).isChecked())
      .toBe(true);
  });

  it('see a new name and what one says of oneself, once it is saved', async () => {
    const room = await direct();
    const page = await world.open(ada, DESKTOP, '/settings/profile');
    const name = page.getByLabel('Your name');
    await name.fill('x'.repeat(65));
    await page.getByText('At most 64 characters.').waitFor();
    await name.fill('Ada \u202e L.');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
    await name.fill('Ada Lovelace');
    await page.getByLabel('About you').fill('Notes, mostly.\nAnd tea.');
    await page.getByText('477 characters left').waitFor();
    await page.getByText('Not saved yet').waitFor();
    await page.getByRole('link', { name: 'Chats' }).click();
    await page.getByRole('link', { name: /^(Online )?You$/ }).click();
    await page.getByRole('link', { name: 'Profile' }).click();
    expect(await name.inputValue()).toBe('Ada Lovelace');
    await page.reload();
    expect(await name.inputValue()).toBe('Ada Lovelace');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'You' }).getByText('Ada Lovelace').waitFor();

    const other = await world.open(ben, DESKTOP, `/rooms/${room}`);
    await page.getByRole('link', { name: 'Chats' }).click();
    await page.getByRole('link', { name: /Ben Okafor/ }).click();
    const newName = async () => {
      // Of what one person says in a row, only the first has a name.
      await say(ben, room, 'Who is there?');
      await write(page, `Hello ${Date.now()}`);
      return other.getByRole('article').getByRole('link', { name: 'Ada Lovelace' }).count();
    };
    await expect.poll(newName, { timeout: 20_000, interval: 1_000 }).toBeGreaterThan(0);
    await other.getByRole('heading').getByRole('link').click();
    await other.getByText('Notes, mostly.').waitFor();
    await other.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  });

  it('take along what they said, and nothing of others', async () => {
    const room = await direct();
    await say(ada, room, 'What I said');
    await say(ben, room, 'What Ben said');
    const page = await world.open(ada, DESKTOP, '/settings/data');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download a copy' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`parley-${ada.username}.json`);
    const path = `${process.env.TMPDIR ?? '/tmp'}/parley-copy-${uuidv7()}.json`;
    await download.saveAs(path);
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ account: { id: ada.id } });
    expect([text.includes('What I said'), text.includes('What Ben said')]).toEqual([true, false]);
    await page.getByText('Downloaded:').waitFor();
    for (let more = 0; more < 2; more++) {
      const again = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download a copy' }).click();
      await again;
    }
    await page.getByRole('button', { name: 'Download a copy' }).click();
    await page.getByText('That was the last copy for now.').waitFor();
  });

  it(
    'who delete their account leave nothing here, and their words to others',
    { timeout: 120_000 },
    async () => {
      const room = await direct();
      await say(ada, room, 'Farewell, Ben');
      const page = await world.open(ada, DESKTOP, `/rooms/${room}`);
      await box(page).fill('a draft');
      const second = await page.context().newPage();
      await second.goto(`${world.url}/rooms/${room}`);
      await shown(second, 'Farewell, Ben').waitFor();
      await page.goto(`${world.url}/settings/data`);
      await page.getByRole('button', { name: 'Delete account' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Password', { exact: true }).fill('Wrong-Horse-77');
      await dialog.getByLabel(/^Type /).fill(ada.username);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await dialog.getByText('That is not your password.').waitFor();
      await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
      await second.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await second.getByText('Your session has ended').count()).toBe(0);
      await expect.poll(() => kept(second, ada.id)).toEqual([]);
      await page.goto(world.url);
      await page.getByLabel('Username, e-mail or phone').fill(ada.username);
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();

      const other = await world.open(ben, DESKTOP, `/rooms/${room}`);
      await shown(other, 'Farewell, Ben').waitFor();
      await other.getByText('This account was deleted.').waitFor();
      farewell = { room, reader: ben };
    },
  );

  for (const view of VIEWS) {
    it(`axe finds nothing serious at ${view.width} ${view.theme}`, async () => {
      await ada.client.read('contacts.add', { user: ben.id });
      const carl = await world.guest('Carl');
      await ada.client.read('contacts.block', { user: carl.id });
      const page = await world.open(ada, view);
      for (const path of [
        '/people',
        `/people/${ben.id}`,
        `/people/${carl.id}`,
        `/people/${ada.id}`,
        `/people/${uuidv7()}`,
        `/rooms/${await direct()}`,
        '/settings/profile',
        '/settings/privacy',
        '/settings/blocked',
        '/settings/data',
      ]) {
        await page.goto(world.url + path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await calm(page);
        expect(await violations(page), path).toEqual([]);
      }
      await page.getByRole('button', { name: 'Delete account' }).click();
      expect(await violations(page)).toEqual([]);
      const stranger = await world.page(view);
      await stranger.goto(`${world.url}/goodbye`);
      // Nobody is told by an address alone that they have no account any more.
      await stranger.getByRole('heading', { name: 'Welcome back' }).waitFor();
      await stranger.evaluate(() => history.replaceState({ within: true }, ''));
      await stranger.reload();
      await stranger.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
      expect(await violations(stranger)).toEqual([]);
    });
  }

  it('nothing of it is wider than a small phone, in either direction', async () => {
    await ada.client.read('contacts.add', { user: ben.id, name: 'Ben '.repeat(16).trim() });
    await ada.client.read('profile.update', { about: 'w'.repeat(500) });
    const page = await world.open(ada, { width: 320, height: 640, theme: 'light' });
    for (const path of [
      '/people',
      `/people/${ben.id}`,
      `/people/${ada.id}`,
      '/settings/profile',
      '/settings/privacy',
      '/settings/blocked',
      '/settings/data',
    ]) {
      await page.goto(`${world.url}${path}?language=mirror`);
      await calm(page);
      const [wide, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(wide, path).toBeLessThanOrEqual(screen);
      const inside = await page.evaluate(
        () =>
          [...document.querySelectorAll('main *')].filter(
            (one) => one.getBoundingClientRect().right > innerWidth + 1,
          ).length,
      );
      expect(inside, path).toBe(0);
    }
  });

  // What was said loses its author's name when all else is done, which takes half a minute.
  it('who are gone have no name any more where they said something', async () => {
    const { room, reader } = farewell!;
    const author = async () => {
      const { entries } = await reader.client.read('messages.history', { room });
      return entries.findLast(({ kind }) => kind === 'message')?.author?.name;
    };
    await expect.poll(author, { timeout: 60_000, interval: 1_000 }).toBe('Deleted account');
    const page = await world.open(reader, DESKTOP, `/rooms/${room}`);
    await page.getByRole('article').getByRole('link', { name: 'Deleted account' }).click();
    await page.getByText('There is no such account any more.').waitFor();
  });
});
