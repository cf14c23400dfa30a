import { signal } from '@preact/signals';
import { memory } from '../state/browser';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'parley.theme';
const stored = themes.find((one) => one === memory.get(KEY));

export const theme = signal<Theme>(stored ?? 'system');

/** Puts on a look, for this browser. */
export function wear(next: Theme): void {
  theme.value = next;
  memory.set(KEY, next === 'system' ? undefined : next);
  if (next === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = next;
  }
}
