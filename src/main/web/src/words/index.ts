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

/** What of a failure is worth words. */
type Told = Pick<Failure, 'reason' | 'detail'> & Partial<Pick<Failure, 'details'>>;

/** Reasons that say little by themselves: there the server's own sentence says more. */
const BARE = new Set<Failure['reason']>(['INVALID', 'CONFLICT', 'TOO_LARGE']);

/** A failure in words for the person who has it: of the rule that was broken, or of the reason. */
export function why({ reason, detail, details }: Told): string {
  const { rules, failures } = words();
  const rule = rules[details?.rule ?? ''];
  if (rule) {
    return rule(details?.limit ?? '');
  }
  return BARE.has(reason) && detail !== '' && detail !== reason
    ? detail.charAt(0).toLocaleUpperCase() + detail.slice(1)
    : failures[reason];
}
