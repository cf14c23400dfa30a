import { signal } from '@preact/signals';
import { memory } from './browser';

const PREFIX = 'parley.calls.';

/** Something that is on or off in this browser, in whichever of its tabs it was chosen. */
function kept(name: string, otherwise: boolean) {
  const key = PREFIX + name;
  const is = signal(otherwise);
  const look = () => {
    const said = memory.get(key);
    // Where nothing is kept, this tab remembers what was chosen in it.
    if (said !== undefined) is.value = said === 'yes';
  };
  look();
  return {
    is,
    look,
    choose(on: boolean) {
      is.value = on;
      memory.set(key, on ? 'yes' : 'no');
    },
  };
}

/** Whether this browser shows notifications, once it may. */
export const shown = kept('shown', false);
/** Whether it plays a sound with them. */
export const sounding = kept('sound', true);
/** Whether they say what was written. */
export const previewed = kept('preview', true);

/** Whether the browser lets this page show notifications. */
export const permission = signal<NotificationPermission | 'unsupported'>(granted());

function granted(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}

/** Looks again: people change it in the browser, and in other tabs. */
export function lookAgain(): void {
  permission.value = granted();
  for (const one of [shown, sounding, previewed]) one.look();
}

/** Looks again whenever another tab has chosen something. Answers what ends this. */
export function lookAcrossTabs(): () => void {
  const heard = ({ key }: StorageEvent) => {
    if (key?.startsWith(PREFIX) ?? true) lookAgain();
  };
  addEventListener('storage', heard);
  return () => removeEventListener('storage', heard);
}

/** Asks; only ever when somebody has just said that they want it. */
export async function ask(): Promise<void> {
  if (permission.value === 'unsupported') return;
  permission.value = await Notification.requestPermission();
  if (permission.value === 'granted') shown.choose(true);
}
