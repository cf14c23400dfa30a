import { memory } from './browser';
import { fit, folded } from './folding';

/** An emoji with what it is called. */
export interface Emoji {
  emoji: string;
  name: string;
}

/** An emoji of the table, with the words by which it is found besides its name. */
export interface Listed extends Emoji {
  words: string;
}

/** Each group with its emoji between bars; every one is `emoji name`, or `emoji name/other words`. */
export type Table = Record<string, string>;

const LONGEST = 24;
const LEAST = 2;
const KEPT = 60;
const OFTEN = 16;

/** For those who have not used any. */
const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀'];

/** The emoji of a group, in order. */
export function listed(lines: string): Listed[] {
  return lines
    .split('|')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const space = one.indexOf(' ');
      const [name = '', words = ''] = one.slice(space + 1).split('/');
      return { emoji: one.slice(0, space), name, words: folded(words) };
    });
}

/** Those that are called so, the best fit first. */
export function searched(all: readonly Listed[], query: string): Listed[] {
  const wanted = folded(query.replace(/_/g, ' '));
  if (wanted === '') return [...all];
  return all
    .flatMap((one, index) => {
      const named = fit(folded(one.name), wanted);
      const called = one.words === '' ? undefined : fit(` ${one.words}`, ` ${wanted}`);
      const rank = named ?? (called === undefined ? undefined : 4);
      return rank === undefined ? [] : [{ one, rank, index }];
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ one }) => one);
}

/** What of a text is the beginning of an emoji's name where the caret stands: a colon with two letters after it. */
export function begunEmoji(text: string, caret: number): { at: number; query: string } | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const [, query] = /(?:^|[\s([{"'])[:]([\p{L}\p{N}_+-]+)$/u.exec(before) ?? [];
  return query !== undefined && query.length >= LEAST
    ? { at: caret - query.length - 1, query }
    : undefined;
}

/** Which emoji somebody uses, the most used first; kept in this browser. */
export class Favourites {
  constructor(private readonly user: string) {}

  /** The usual ones make up for what is missing. */
  first(): string[] {
    const used = [...this.kept()].sort(([, a], [, b]) => b - a).map(([emoji]) => emoji);
    return [...new Set([...used.slice(0, OFTEN), ...USUAL])].slice(
      0,
      Math.min(OFTEN, Math.max(used.length, USUAL.length)),
    );
  }

  used(emoji: string): void {
    const kept = this.kept();
    const count = (kept.get(emoji) ?? 0) + 1;
    kept.delete(emoji);
    // The one that was used last goes first among those that were used as often.
    const next = [[emoji, count], ...kept].slice(0, KEPT);
    memory.set(favouritesOf(this.user), JSON.stringify(next));
  }

  private kept(): Map<string, number> {
    try {
      return new Map(JSON.parse(memory.get(favouritesOf(this.user)) ?? '[]') as [string, number][]);
    } catch {
      return new Map();
    }
  }
}

/** Where it is kept. */
export function favouritesOf(user: string): string {
  return `parley.emoji.${user}`;
}
