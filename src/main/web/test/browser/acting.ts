import type { Locator, Page } from 'playwright-core';
import { PHONE, type View } from './world';

/** A message with its author and all that belongs to it. */
export function article(page: Page, text: string): Locator {
  return page
    .getByRole('article')
    .filter({ has: page.locator('bdi[dir=auto]', { hasText: text }) });
}

/** Opens what can be done with a message: with a mouse, or by a finger that stays. */
export async function menuOf(page: Page, view: View, row: Locator): Promise<void> {
  if (view.width === PHONE.width) {
    const target = row.locator('bdi[dir=auto]').last();
    const at = (await target.boundingBox())!;
    const touch = { pointerType: 'touch', clientX: at.x + 4, clientY: at.y + 4, bubbles: true };
    await target.dispatchEvent('pointerdown', touch);
    await page.getByRole('menu').waitFor();
    await target.dispatchEvent('pointerup', touch);
  } else {
    await row.hover();
    await row.getByRole('button', { name: 'More actions' }).click();
  }
}

/** Does something with a message. */
export async function act(page: Page, view: View, text: string, what: string): Promise<void> {
  await menuOf(page, view, article(page, text).last());
  await page.getByRole('menuitem', { name: what, exact: true }).click();
}
