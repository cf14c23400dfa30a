import { signal } from '@preact/signals';

/** A word about something that was just done, and the way back. */
export interface Toast {
  text: string;
  undo?: () => Promise<unknown>;
  /** What waits until there is no way back any more. */
  over?: () => void;
}

/** The one that is shown; each is an object of its own, so that the same words twice are two. */
export const toast = signal<Toast | undefined>(undefined);

export function say(next: Toast | undefined): void {
  const before = toast.peek();
  toast.value = next;
  if (before !== next) before?.over?.();
}

/** Goes the way back. */
export function undo(): Promise<unknown> {
  const before = toast.peek();
  toast.value = undefined;
  return before?.undo?.() ?? Promise.resolve();
}

/** The page is about to go: nobody can go the way back any more, and what waits for that is done. */
export function settle(): void {
  if (toast.peek()?.over) say(undefined);
}
