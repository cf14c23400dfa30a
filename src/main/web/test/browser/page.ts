import type { Locator, Page } from 'playwright-core';

export const PASSWORD = 'Correct-Horse-7';

/** The messages of the open room, as they stand on the screen. */
export async function texts(page: Page): Promise<string[]> {
  const all = await page
    .getByRole('log')
    .getByRole('article')
    .locator('bdi[dir=auto]')
    .allInnerTexts();
  return all.map((text) => text.trim());
}

/** Where one writes. */
export function box(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Write to/ });
}

export async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Enter');
}

/** A message on the screen. */
export function shown(page: Page, text: string): Locator {
  return page.getByRole('log').getByText(text, { exact: true });
}

/** Waits until nothing is being loaded and nothing moves. */
export async function calm(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy=true], .skeleton') === null &&
      document.getAnimations().every((one) => one.playState !== 'running'),
  );
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** What was registered in a room and what was heard of it, connection by connection. */
export interface Registrations {
  /** The cursor of each registration; nothing when it had none. */
  cursors: (string | undefined)[];
  /** The cursor of each message by its text. */
  messages: Map<string, string>;
}

interface Frame {
  type: string;
  address?: string;
  headers?: { cursor?: string };
  body?: { kind?: string; cursor?: string; body?: { text?: string } };
}

/** The frames in a text: one, or those that SockJS has put together. */
function frames(payload: string | Buffer): Frame[] {
  const text = String(payload).replace(/^a(?=\[)/, '');
  if (text.startsWith('[')) return (JSON.parse(text) as string[]).flatMap(frames);
  return text.startsWith('{') ? [JSON.parse(text) as Frame] : [];
}

/** The first message that is wholly in sight, and where. */
export async function atTheTop(page: Page): Promise<{ text: string; y: number }> {
  return page.getByRole('log').evaluate((log) => {
    const top = log.getBoundingClientRect().top;
    const rows = [...log.querySelectorAll('bdi[dir=auto]')].map((row) => ({
      text: row.textContent.trim(),
      y: row.getBoundingClientRect().top,
    }));
    return rows.find(({ y }) => y >= top) ?? { text: '', y: 0 };
  });
}

/** Listens to the sockets that a page opens from now on. */
export function registrations(page: Page, room: string): Registrations {
  const heard: Registrations = { cursors: [], messages: new Map() };
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      for (const { type, address, headers } of frames(payload)) {
        if (type === 'register' && address === `room.${room}`) heard.cursors.push(headers?.cursor);
      }
    });
    socket.on('framereceived', ({ payload }) => {
      for (const { address, body } of frames(payload)) {
        if (address === `room.${room}` && body?.kind === 'message' && body.cursor !== undefined) {
          heard.messages.set(body.body?.text ?? '', body.cursor);
        }
      }
    });
  });
  return heard;
}
