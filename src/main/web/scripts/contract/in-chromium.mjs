/** The official client in Chromium. Arguments: URL, room, two tokens, transport. Prints what was seen, as JSON. */
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { conversation } from './conversation.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const [url, room, first, second, transport] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const browser = await chromium.launch({
  executablePath: process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium',
  args: FLAGS,
});
try {
  // A page of the server itself: browsers keep pages that came from nowhere away from loopback addresses.
  const page = await browser.newPage({ bypassCSP: true });
  await page.goto(new URL('/docs', url).href);
  await page.addScriptTag({ path: require.resolve('sockjs-client/dist/sockjs.js') });
  await page.addScriptTag({ path: require.resolve('@vertx/eventbus-bridge-client.js') });
  const task = { url, room, tokens: [first, second], transport };
  const seen = await page.evaluate(
    `(${conversation.toString()})(EventBus, ${JSON.stringify(task)})`,
  );
  process.stdout.write(`${JSON.stringify(seen)}\n`);
} finally {
  await browser.close();
}
