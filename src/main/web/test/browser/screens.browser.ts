import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/client/failure';
import type { RoomView } from '../../src/client/protocol';
import { box, calm } from './page';
import { DESKTOP, hasChromium, PHONE, say, World, type Guest, type View } from './world';

const pictures = fileURLToPath(new URL('../../../../../target/screens', import.meta.url));

/** One of each shape, in the light and in the dark. */
const IN_README = new Set(['room-desktop-light', 'room-phone-dark']);

let world: World;
let ada: Guest;
let room: string;

/** A public room; its name gets a number when there is one already. */
async function make(guest: Guest, name: string, description: string, turn = 1): Promise<RoomView> {
  const numbered = turn === 1 ? name : `${name} (${turn})`;
  try {
    const room = { name: numbered, description, type: 'public' } as const;
    return await guest.client.call('rooms.create', room);
  } catch (thrown) {
    if (Failure.from(thrown).reason !== 'ALREADY_EXISTS') throw thrown;
    return make(guest, name, description, turn + 1);
  }
}

/** A morning at a small company. */
async function talk(): Promise<void> {
  ada = await world.guest('Ada Ferreira');
  const ben = await world.guest('Ben Okafor');
  const chiyo = await world.guest('Chiyo 千代');
  const dalia = await world.guest('دالیا رضایی');
  const made = await make(ben, 'Release 12', 'What goes out on Thursday');
  room = made.id;
  for (const guest of [ada, chiyo, dalia]) {
    await guest.client.read('rooms.join', { room });
  }
  await say(ben, room, 'Morning! Where are we with the release?', 'I can take notes.');
  await say(
    chiyo,
    room,
    'Search is done. The index rebuild took **14 minutes** on staging, down from 52.',
  );
  await say(
    ada,
    room,
    'Nice. Two things left on my side:\n\n- the import dialog\n- `timeout` in the sync client',
  );
  await say(ada, room, 'Draft is at https://docs.example.org/release-12');
  await say(dalia, room, 'سلام! ترجمه‌ها امروز آماده می‌شوند.');
  await say(chiyo, room, '🎉');
  await say(
    ben,
    room,
    'Then this is what I would announce:\n\n> Faster search, and imports that tell you what they do.\n\n```\nparley migrate --check\nparley serve\n```',
  );
  await say(ada, room, 'Good. I will send the note at four.');
  const tea = await make(chiyo, 'Tea and biscuits', 'Kitchen, second floor');
  const plans = await ada.client.call('rooms.create', {
    name: 'Plans for the offsite',
    type: 'private',
  });
  await ada.client.read('rooms.join', { room: tea.id });
  await say(chiyo, tea.id, 'The kettle is on', 'Who wants genmaicha?', 'Five minutes');
  await say(ada, plans.id, 'Somewhere with a lake?');
  const direct = await ben.client.read('rooms.direct', { user: ada.id });
  await say(ben, direct.id, 'Do you have ten minutes before lunch?');
}

/** A picture that weighs little; `npm run pictures` puts it where the README shows it. */
async function small(page: Page, name: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await devtools.detach();
  writeFileSync(`${pictures}/${name}.webp`, Buffer.from(data, 'base64'));
}

async function snap(page: Page, name: string, view: View): Promise<void> {
  const size = view.width < 600 ? 'phone' : 'desktop';
  await page.screenshot({ path: `${pictures}/${name}-${size}-${view.theme}.png` });
  if (IN_README.has(`${name}-${size}-${view.theme}`)) await small(page, `${name}-${size}`);
}

describe.skipIf(!hasChromium)('screens', () => {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    world = await World.start();
    await talk();
  }, 60_000);

  afterAll(async () => {
    await world.stop();
  });

  for (const shape of [DESKTOP, PHONE]) {
    for (const theme of ['light', 'dark'] as const) {
      const view = { ...shape, theme };
      it(`shows every view at ${view.width} ${theme}`, { timeout: 120_000 }, async () => {
        const stranger = await world.page(view);
        await stranger.goto(`${world.url}/signin`);
        await calm(stranger);
        await snap(stranger, 'signin', view);
        await stranger.goto(`${world.url}/signup`);
        await calm(stranger);
        await snap(stranger, 'signup', view);
        await stranger.goto(`${world.url}/reset-password`);
        await stranger.getByLabel('E-mail address').waitFor();
        await snap(stranger, 'reset', view);

        const page = await world.open(ada, view);
        await calm(page);
        await snap(page, 'chats', view);
        await page.goto(`${world.url}/rooms/${room}`);
        await page.getByRole('log').getByText('I will send the note').waitFor();
        await calm(page);
        await snap(page, 'room', view);
        await page.goto(`${world.url}/rooms/${room}/members`);
        await page.getByRole('complementary', { name: 'Members' }).waitFor();
        await calm(page);
        await snap(page, 'members', view);
        for (const path of [
          'discover',
          'people',
          'new',
          'settings',
          'settings/account',
          'settings/devices',
        ]) {
          await page.goto(`${world.url}/${path}`);
          await calm(page);
          await snap(page, path.replace('/', '-'), view);
        }
        await page.goto(`${world.url}/rooms/${room}`);
        await calm(page);
        await page.context().setOffline(true);
        await page.evaluate(() => window.dispatchEvent(new Event('offline')));
        await box(page).fill('I am on the train, back in ten');
        await page.keyboard.press('Enter');
        await page.getByText('Will be sent').waitFor();
        await calm(page);
        await snap(page, 'offline', view);
        await world.clear();
      });
    }
  }

  it('nothing was asked of anybody else, and nothing was refused by the policy', () => {
    const real = world.complaints.filter(
      (line) => !/ERR_INTERNET_DISCONNECTED|status of 40[14]/.test(line),
    );
    expect(real).toEqual([]);
  });
});
