import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const PASSWORD = 'Correct-Horse-7';

/** What the page's own database has of rooms. */
interface Kept {
  rooms: { timeline: { items: { text?: string }[] } }[];
}

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

/** Does something that stands at the head of a room, or in a menu there where there is little room. */
export async function atHead(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const menu = page.getByRole('button', { name: 'Room menu' });
  await button.or(menu).first().waitFor();
  if (await button.isVisible()) {
    await button.click();
  } else {
    await menu.click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
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

/** Waits until the timeline has stood still for so many frames; twenty are a third of a second. */
export async function still(page: Page, frames = 20): Promise<void> {
  await calm(page);
  await page.getByRole('log').evaluate(async (log, wanted) => {
    let last = '';
    for (let same = 0; same < wanted; same++) {
      await new Promise((done) => requestAnimationFrame(done));
      const first = log.querySelector('bdi[dir=auto]')?.textContent ?? '';
      const now = `${log.scrollTop} ${log.scrollHeight} ${first}`;
      if (now !== last) same = 0;
      last = now;
    }
  }, frames);
}

/** Waits until a message of a timeline would be there after a reload without a network. */
export async function remembered(page: Page, text: string): Promise<void> {
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<string[]>((done, failed) => {
          const opening = indexedDB.open('parley-rooms');
          opening.onerror = () => failed(new Error('no keepsakes'));
          opening.onsuccess = () => {
            const reading = opening.result
              .transaction('snapshots')
              .objectStore('snapshots')
              .getAll() as IDBRequest<Kept[]>;
            reading.onsuccess = () => {
              opening.result.close();
              const rooms = reading.result.flatMap((snapshot) => snapshot.rooms);
              done(rooms.flatMap((room) => room.timeline.items.map((item) => item.text ?? '')));
            };
          };
        }),
    );
  await expect.poll(kept, { timeout: 15_000 }).toContain(text);
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
