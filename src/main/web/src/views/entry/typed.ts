import { signal } from '@preact/signals';

/** What was typed on the way in, so that going from one form to the other loses nothing. */
export const typed = { name: signal(''), identifier: signal('') };

export function forgetTyped(): void {
  typed.name.value = '';
  typed.identifier.value = '';
}
