import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasMails, Mailbox } from './mailbox';
import { box, PASSWORD } from './page';
import { DESKTOP, hasChromium, PHONE, real, World } from './world';

const ANOTHER = 'Battery-Staple-8';

let world: World;
let mails: Mailbox;

/** Fills in the form at the door. */
async function signIn(page: Page, identifier: string, password: string): Promise<void> {
  if (new URL(page.url()).pathname !== '/signin') await page.goto(`${world.url}/signin`);
  await page.getByLabel('Username, e-mail or phone').fill(identifier);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signUp(page: Page, identifier: string): Promise<void> {
  await page.goto(`${world.url}/signup`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Username').fill(identifier);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
}

const chats = (page: Page) => page.getByRole('heading', { name: 'Chats' }).waitFor();

describe.skipIf(!hasChromium)('an account', () => {
  beforeAll(async () => {
    world = await World.start();
    mails = await Mailbox.open(world);
  });
  afterEach(async () => {
    await world.clear();
  });
  afterAll(async () => {
    await mails.close();
    await world.stop();
  });

  it.skipIf(!hasMails)(
    'is made, proved, used on two devices, taken back and deleted',
    { timeout: 240_000 },
    async () => {
      const email = `${world.username()}@example.org`;
      const desk = await world.page(DESKTOP);
      await signUp(desk, email);
      await chats(desk);
      await desk.getByText(`Confirm your e-mail address`).waitFor();

      const proof = await mails.link(email, '/verify-email');
      const mail = await desk.context().newPage();
      await mail.goto(proof);
      await mail.getByRole('heading', { name: 'Your e-mail address is confirmed' }).waitFor();
      expect(mail.url()).toBe(`${world.url}/verify-email`);
      expect(
        await mail.evaluate(() =>
          JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
        ),
      ).not.toContain('pmt_');
      await mail.close();
      await desk.reload();
      await chats(desk);
      await desk.getByRole('link', { name: 'You' }).click();
      await desk.getByRole('link', { name: 'Account', exact: true }).click();
      await desk.getByText('Confirmed', { exact: true }).waitFor();
      expect(await desk.getByText('Confirm your e-mail address').count()).toBe(0);

      const phone = await world.page(PHONE);
      // The server in memory does not fold names.
      await signIn(phone, real ? email.toUpperCase() : email, PASSWORD);
      await chats(phone);
      await phone.getByRole('link', { name: 'general' }).click();
      await box(phone).fill('begun on the phone');

      await desk.getByRole('link', { name: 'Devices' }).click();
      const others = desk.getByRole('button', { name: /^Sign out .*Chrome/ });
      await others.first().waitFor();
      expect(await others.count()).toBe(1);
      await others.first().press('Enter');
      await desk.getByText(/was signed out\.$/).waitFor();
      await phone.getByText('You were signed out on this device').waitFor({ timeout: 15_000 });
      await phone.getByRole('button', { name: 'Sign in' }).waitFor();
      await signIn(phone, email, PASSWORD);
      await chats(phone);
      await phone.getByRole('link', { name: 'general' }).click();
      expect(await box(phone).inputValue()).toBe('begun on the phone');

      await lose(desk, email);
      await phone.getByText('You were signed out on this device').waitFor({ timeout: 15_000 });
      await signIn(phone, email, PASSWORD);
      await phone.getByText('That name and password do not go together.').waitFor();
      await signIn(phone, email, ANOTHER);
      await chats(phone);

      await remove(phone);
      await signIn(phone, email, ANOTHER);
      await phone.getByText('That name and password do not go together.').waitFor();
    },
  );

  /** The password is forgotten, and another one chosen by mail. */
  async function lose(page: Page, email: string): Promise<void> {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If there is an account').waitFor();
    const link = await mails.link(email, '/reset-password');
    await page.goto(link);
    const field = page.getByLabel('New password');
    await field.fill('short');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('This is too short: it takes at least 8 characters.').waitFor();
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(page.url()).toBe(`${world.url}/reset-password`);
    await field.fill(ANOTHER);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your password is a new one now' }).waitFor();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  }

  /** The account is deleted, as its owner does it. */
  async function remove(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'You' }).click();
    await page.getByRole('link', { name: 'Your data' }).click();
    await page.getByRole('button', { name: 'Delete account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill(ANOTHER);
    await dialog.getByLabel(/^Type .*Ada.* to confirm$/).fill('Ada');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
  }

  it('says at each field what is wrong with it, and loses nothing that was typed', async () => {
    const taken = await world.guest('Ben');
    const page = await world.page();
    await signUp(page, taken.username);
    await page.getByText('Somebody has this username already.').waitFor();
    const username = page.getByLabel('Username');
    expect(await username.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Your name').inputValue()).toBe('Ada');
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);
    const name = world.username();
    await username.fill(name);
    const password = page.getByLabel('Password', { exact: true });
    for (const [tried, said] of [
      ['short', 'This is too short: it takes at least 8 characters.'],
      [`${name}1`, 'This contains your name or address.'],
      ['password', 'This is among the passwords that everybody tries.'],
    ] as const) {
      await password.fill(tried);
      await password.press('Enter');
      await page.getByText(said).waitFor();
      expect(await password.inputValue()).toBe(tried);
    }
    await page.getByRole('link', { name: 'Sign in' }).click();
    expect(await page.getByLabel('Username, e-mail or phone').inputValue()).toBe(name);
    await page.getByRole('link', { name: 'Create account' }).click();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await chats(page);
  });

  it.skipIf(!real || !hasMails)('has only so many mails sent, and is told so', async () => {
    const email = `${world.username()}@example.org`;
    const page = await world.page();
    await signUp(page, email);
    for (let count = 1; count <= 5; count++) {
      await mails.link(email, '/verify-email', count);
      if (count > 1) await page.reload();
      await page.getByRole('button', { name: 'Send it again' }).click();
      if (count < 5) await page.getByText('Sent again.').waitFor();
    }
    await page.getByText('ask again in 60 min').first().waitFor();
    const again = page.getByRole('button', { name: 'Send it again' });
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.reload();
    await chats(page);
    expect(await again.count()).toBe(0);
  });

  it('changes its password and its name; other devices are signed out', async () => {
    const ada = await world.guest('Ada');
    const phone = await world.open(ada, PHONE);
    const page = await world.open(ada, DESKTOP, '/settings/password');
    await page.getByLabel('Present password').fill('nonsense');
    await page.getByLabel('New password').fill(ANOTHER);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not your password.').waitFor();
    await page.getByLabel('Present password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await phone.getByText('You were signed out on this device').waitFor({ timeout: 15_000 });

    const name = world.username();
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Change Username' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill(name);
    await dialog.getByLabel('Your password').fill(ANOTHER);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(`@${name}`).waitFor();
    await signIn(phone, name, ANOTHER);
    await chats(phone);
  });

  it.skipIf(!real)('goes on in two tabs that renew their session at once', async () => {
    const ada = await world.guest('Ada');
    const one = await world.open(ada);
    const other = await one.context().newPage();
    await other.goto(world.url);
    await chats(other);
    // Without the agreement that the tabs of one browser have.
    const renew = (page: Page) =>
      page.evaluate(async () => {
        const headers = { 'X-Parley-Client': 'web' };
        return (await fetch('/api/auth/refresh', { method: 'POST', headers })).status;
      });
    expect(await Promise.all([renew(one), renew(other), renew(one)])).toEqual([200, 200, 200]);
    await Promise.all([one.reload(), other.reload()]);
    for (const page of [one, other]) {
      await chats(page);
      await page.getByRole('link', { name: 'general' }).click();
      await box(page).waitFor();
    }
  });

  it.skipIf(!real)('makes whoever guesses wait, and says for how long', async () => {
    const ada = await world.guest('Ada');
    const page = await world.page();
    const button = page.getByRole('button', { name: 'Sign in' });
    await page.goto(`${world.url}/signin`);
    await expect
      .poll(
        async () => {
          await signIn(page, ada.username, 'a wrong guess');
          await page.getByRole('alert').waitFor();
          return page.getByRole('alert').innerText();
        },
        { timeout: 40_000 },
      )
      .toMatch(/Too many tries\. You can try again in \d+ s\./);
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('You can try again now.').waitFor({ timeout: 40_000 });
    await signIn(page, ada.username, ada.password);
    await chats(page);
  });
});
