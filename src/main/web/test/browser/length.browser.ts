import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, World } from './world';

const MESSAGES = 10_000;

let world: World;

async function heap(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}

/** Scrolls up until nothing is older; tells how many rows there were at most. */
async function toTheStart(page: Page): Promise<number> {
  const start = page.getByText('This is where it begins.');
  let most = 0;
  while ((await start.count()) === 0) {
    await page.getByRole('log').evaluate((log) => log.scrollBy(0, -6_000));
    most = Math.max(most, await page.getByRole('article').count());
  }
  return most;
}

/** Goes to the end and lets one more message come; tells what is still held then. */
async function back(page: Page, text: string): Promise<number> {
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await page.waitForTimeout(500);
  world.server?.post(world.server.general, { id: 'carl', name: 'Carl' }, text);
  await page.getByRole('log').getByText(text).waitFor();
  await page.waitForTimeout(1_000);
  return heap(page);
}

describe.skipIf(!hasChromium || process.env.PARLEY_URL !== undefined)('a long room', () => {
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(async () => {
    await world.stop();
  });

  it(
    'scrolls from end to end with few rows, no long task, and no memory left behind',
    { timeout: 180_000 },
    async () => {
      const ada = await world.guest('Ada');
      const ben = await world.guest('Ben');
      const room = world.server!.general;
      for (let i = 1; i <= MESSAGES; i++) {
        room.post(
          { id: i % 3 ? ben.id : ada.id, name: i % 3 ? 'Ben' : 'Ada' },
          `Message ${i}, ${'word '.repeat(i % 40)}`,
          `c${i}`,
        );
      }
      const page = await world.open(ada);
      await page.goto(`${world.url}/rooms/${room.id}`);
      await page.getByRole('log').getByText(`Message ${MESSAGES},`).waitFor();
      await page.waitForTimeout(2_000);
      await page.evaluate(() => {
        const tasks: number[] = [];
        new PerformanceObserver((list) =>
          tasks.push(...list.getEntries().map((task) => task.duration)),
        ).observe({ entryTypes: ['longtask'] });
        Object.assign(window, { tasks });
      });

      // The first time fills caches of code and sizes; what comes on top of it the second time would be a leak.
      const first = await toTheStart(page);
      const before = await back(page, 'late 1');
      const second = await toTheStart(page);
      const after = await back(page, 'late 2');

      const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
      // eslint-disable-next-line no-console -- the figures are what this test is for
      console.log({ first, second, longest: Math.max(0, ...tasks), before, after });
      expect(Math.max(first, second)).toBeLessThanOrEqual(60);
      expect(Math.max(0, ...tasks)).toBeLessThan(100);
      expect(after).toBeLessThan(before * 1.1);
    },
  );

  it('nothing moves under a reader while older messages come in and new ones arrive', async () => {
    const ada = await world.guest('Ada');
    const ben = await world.guest('Ben');
    const room = world.server!.general;
    const page = await world.open(ada);
    await page.goto(`${world.url}/rooms/${room.id}`);
    await page.getByRole('log').getByText('late 2').waitFor();
    await page.waitForTimeout(1_000);
    await page.getByRole('log').evaluate((log) => log.scrollBy(0, -2_500));
    await page.waitForTimeout(800);
    const mark = page.getByRole('article').nth(8);
    const text =
      (await mark.innerText()).split('\n').find((line) => line.startsWith('Message')) ?? '';
    const anchor = page.getByRole('log').getByText(text, { exact: true });
    const top = (await anchor.boundingBox())!.y;
    for (const word of ['one', 'two', 'three']) world.server!.post(room, ben, `late ${word}`);
    await page.getByRole('button', { name: '3 new messages' }).waitFor();
    expect(Math.abs((await anchor.boundingBox())!.y - top)).toBeLessThan(2);
    await page.getByRole('button', { name: '3 new messages' }).click();
    await page.getByRole('log').getByText('late three').waitFor();
  });
});
