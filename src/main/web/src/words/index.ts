import { signal } from '@preact/signals';
import type { Failure } from '../client/failure';
import { en, type Words } from './en';

const current = signal<Words>(en);

/** The words of the moment; components that read them are drawn again when the language changes. */
export function words(): Words {
  return current.value;
}

/** Speaks another language; its strings are loaded when they are asked for. */
export async function speak(language: string | undefined): Promise<void> {
  current.value = language === 'mirror' ? (await import('./mirror')).mirror : en;
  document.documentElement.lang = current.value.language;
  document.documentElement.dir = current.value.direction;
}

/** A name or text to be put into a sentence, so that its direction stays its own. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** A failure in words for the person who has it: our own where we have them, the server's sentence else. */
export function why(failure: Pick<Failure, 'reason' | 'detail'>): string {
  const own = words().failures[failure.reason];
  if (own !== undefined) {
    return own;
  }
  const { detail } = failure;
  return detail.charAt(0).toLocaleUpperCase() + detail.slice(1);
}
