import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe';
import { calm, still } from './page';
import { hasChromium, say, type Guest, VIEWS, World } from './world';

const SETTINGS = ['account', 'password', 'devices', 'appearance'].map((one) => `/settings/${one}`);

/** Each would set `window.pwned` or leave this server, if it were taken for more than text. */
const PROBES = [
  '<script>window.pwned=1</script>',
  '<img src=x onerror="window.pwned=1">',
  '<svg onload="window.pwned=1">',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<a href="javascript:window.pwned=1">click</a>',
  '[click](javascript:window.pwned=1)',
  '[click](JaVaScRiPt:window.pwned=1)',
  '[click](&#106;avascript:window.pwned=1)',
  '[click](data:text/html,<script>window.pwned=1</script>)',
  '[click](vbscript:pwned)',
  '<javascript:window.pwned=1>',
  '![x](https://evil.example/x.png "onerror=window.pwned=1")',
  '[x](https://example.org" onmouseover="window.pwned=1)',
  '`<img src=x onerror=window.pwned=1>`',
  '```html\n<script>window.pwned=1</script>\n```',
  '> <details open ontoggle=window.pwned=1>',
  '- <video><source onerror="window.pwned=1">',
  '<style>@import url(https://evil.example/x.css)</style>',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example/"><button>Send</button></form>',
  '{{constructor.constructor("window.pwned=1")()}}',
  '"><img src=x onerror=window.pwned=1>',
  '[a]: javascript:window.pwned=1\n[a]',
  '\u202egnp.exe \u2066unclosed isolate',
];

let world: World;
let ada: Guest;
let room: string;

describe.skipIf(!hasChromium)('safety', () => {
  beforeAll(async () => {
    world = await World.start();
    ada = await world.guest('Ada');
    const mallory = await world.guest('<img src=x onerror=pwned=1>');
    const made = await mallory.client.call('rooms.create', {
      name: `<b onclick=pwned=1> ${Date.now()}`,
      description: '"><script>window.pwned=1</script>',
      type: 'public',
    });
    room = made.id;
    await ada.client.read('rooms.join', { room });
    await say(ada, room, 'Hello, **everybody**', 'See https://example.org');
    await say(mallory, room, ...PROBES);
  });
  afterAll(async () => {
    await world.stop();
  });

  it('what people write is text, whatever it says', async () => {
    const page = await world.open(ada);
    await page.goto(`${world.url}/rooms/${room}`);
    await page.getByRole('log').getByText('unclosed isolate').waitFor();
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/markdown-')),
    );
    await still(page);
    for (let up = 0; up < 6; up++) {
      await page.getByRole('log').evaluate((log) => log.scrollBy(0, -500));
      await still(page, 4);
      // Besides what people wrote there are links to those who wrote it.
      const links = await page
        .getByRole('log')
        .locator('a:not([href^="/people/"])')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      expect(links.filter((link) => !/^(https?|mailto):/.test(link))).toEqual([]);
      const foreign = await page
        .getByRole('log')
        .locator('script,img,iframe,form,style,base,video,svg:not([aria-hidden]),details')
        .count();
      expect(foreign).toBe(0);
    }
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(world.complaints).toEqual([]);
    await world.clear();
  });

  it('links open elsewhere and tell nothing', async () => {
    const page = await world.open(ada);
    await page.goto(`${world.url}/rooms/${room}`);
    await page.getByRole('log').getByText('unclosed isolate').waitFor();
    await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
    const link = page.getByRole('link', { name: 'https://example.org' }).first();
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await link.getAttribute('target')).toBe('_blank');
    await world.clear();
  });

  for (const view of VIEWS) {
    it(`axe finds nothing serious at ${view.width} ${view.theme}`, async () => {
      const stranger = await world.page(view);
      for (const path of ['/signin', '/signup', '/reset-password', '/verify-email']) {
        await stranger.goto(world.url + path);
        await stranger.getByRole('heading').first().waitFor();
        expect(await violations(stranger)).toEqual([]);
      }
      const page = await world.open(ada, view);
      for (const path of [
        '/',
        '/discover',
        '/people',
        '/settings',
        ...SETTINGS,
        '/new',
        `/rooms/${room}`,
        `/rooms/${room}/members`,
      ]) {
        await page.goto(world.url + path);
        await page.getByRole('heading').first().waitFor();
        await calm(page);
        expect(await violations(page)).toEqual([]);
      }
      await world.clear();
    });
  }

  it('no view is wider than a small phone, and the mirrored language runs from right to left', async () => {
    const page = await world.open(ada, { width: 320, height: 640, theme: 'light' });
    for (const path of [
      '/',
      '/discover',
      '/people',
      '/settings',
      ...SETTINGS,
      '/new',
      `/rooms/${room}`,
      `/rooms/${room}/members`,
    ]) {
      await page.goto(`${world.url + path}?language=mirror`);
      await calm(page);
      expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
      const [wide, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(wide, path).toBeLessThanOrEqual(screen);
    }
    await world.clear();
  });
});
