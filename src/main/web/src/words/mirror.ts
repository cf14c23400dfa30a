import { en, type Words } from './en';

const LETTERS: Record<string, string> = {
  a: 'ɐ',
  e: 'ǝ',
  i: 'ı',
  o: 'ø',
  u: 'ʌ',
  c: 'ɔ',
  n: 'ñ',
  r: 'ɹ',
  t: 'ʇ',
};

/** A language that nobody speaks: every string is longer, marked and runs from right to left. For tests. */
export const mirror: Words = { ...turned(en), language: 'en', direction: 'rtl' };

function turned<T>(value: T): T {
  if (typeof value === 'string') {
    return `⟦${value.replace(/[aeioucnrt]/g, (letter) => LETTERS[letter] ?? letter)}⟧` as T;
  }
  if (typeof value === 'function') {
    return ((...given: unknown[]) =>
      `⟦${(value as (...all: unknown[]) => string)(...given)}⟧`) as T;
  }
  if (Array.isArray(value)) {
    return value.map(turned) as T;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => [key, turned(inner)]),
    ) as T;
  }
  return value;
}
