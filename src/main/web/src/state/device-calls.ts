import { signal } from '@preact/signals';
import { memory } from './browser';

/** Something that is on or off in this browser. */
function kept(key: string, otherwise: boolean) {
  const said = memory.get(key);
  const is = signal(said === undefined ? otherwise : said === 'yes');
  return {
    is,
    choose(on: boolean) {
      is.value = on;
      memory.set(key, on ? 'yes' : 'no');
    },
  };
}

/** Whether this browser shows notifications, once it may. */
export const shown = kept('parley.calls.shown', false);
/** Whether it plays a sound with them. */
export const sounding = kept('parley.calls.sound', true);
/** Whether they say what was written. */
export const previewed = kept('parley.calls.preview', true);

/** Whether the browser lets this page show notifications. */
export const permission = signal<NotificationPermission | 'unsupported'>(granted());

function granted(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}

/** Looks again; people change it in the browser, too. */
export function lookAgain(): void {
  permission.value = granted();
}

/** Asks; only ever when somebody has just said that they want it. */
export async function ask(): Promise<void> {
  if (permission.value === 'unsupported') return;
  permission.value = await Notification.requestPermission();
  if (permission.value === 'granted') shown.choose(true);
}
