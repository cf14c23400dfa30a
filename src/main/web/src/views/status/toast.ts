import { signal } from '@preact/signals';

/** A word about something that was just done, and the way back. */
export interface Toast {
  text: string;
  undo?: () => Promise<unknown>;
}

/** The one that is shown; each is an object of its own, so that the same words twice are two. */
export const toast = signal<Toast | undefined>(undefined);

export function say(next: Toast | undefined): void {
  toast.value = next;
}
