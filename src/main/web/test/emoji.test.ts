import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begunEmoji, Favourites, listed, searched } from '../src/state/emoji';
import { fit, folded } from '../src/state/folding';
import { beside } from '../src/views/emoji/beside';
import { TABLE } from '../src/views/emoji/table';
import { words } from '../src/words';

const all = Object.values(TABLE).flatMap(listed);

/** What the server takes for one emoji. */
const PICTURE =
  '(?:(?![\\u{1F1E6}-\\u{1F1FF}\\u{1F3FB}-\\u{1F3FF}])[\\u{1F000}-\\u{1FAFF}\\u2194-\\u21AA\\u2300-\\u23FF\\u25AA-\\u25FE\\u2600-\\u27BF\\u2B05-\\u2B55\\u24C2\\u2934\\u2935\\u3030\\u303D\\u3297\\u3299\\xA9\\xAE\\u203C\\u2049\\u2122\\u2139]\\uFE0F?[\\u{1F3FB}-\\u{1F3FF}]?)';
const ONE = new RegExp(`^(?:[\\u{1F1E6}-\\u{1F1FF}]{2}|${PICTURE}(?:\\u200D${PICTURE})*)$`, 'u');

describe('the table', () => {
  it('has emoji that the server takes, each once and each with a name of its own', () => {
    expect(all.filter(({ emoji }) => !ONE.test(emoji))).toEqual([]);
    expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
    const names = all.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => name.length < 3)).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  it('has groups that have names', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(words().emojiGroups));
  });
});

describe('an emoji', () => {
  const found = (query: string) => searched(all, query).map(({ emoji }) => emoji);

  it('is found by its name first, then by other words for it', () => {
    expect(found('rocket')[0]).toBe('🚀');
    expect(found('thumbs up')[0]).toBe('👍');
    expect(found('thumbs_up')[0]).toBe('👍');
    expect(found('tada')[0]).toBe('🎉');
    expect(
      found('smi')
        .slice(0, 3)
        .every((emoji) => ['😃', '😄', '😈', '🥰'].includes(emoji)),
    ).toBe(true);
    expect(found('heart')).toEqual(expect.arrayContaining(['❤️', '💔']));
    expect(found('no such thing')).toEqual([]);
    expect(found('')).toHaveLength(all.length);
  });

  it('is begun by a colon with two letters after it, where a word begins', () => {
    expect(begunEmoji('so :sm', 6)).toEqual({ at: 3, query: 'sm' });
    expect(begunEmoji(':+1', 3)).toEqual({ at: 0, query: '+1' });
    expect(begunEmoji('(:thumbs_up', 11)).toEqual({ at: 1, query: 'thumbs_up' });
    expect(begunEmoji(':s', 2)).toBeUndefined();
    expect(begunEmoji('at 10:30', 8)).toBeUndefined();
    expect(begunEmoji('http://x', 8)).toBeUndefined();
    expect(begunEmoji('std::sm', 7)).toBeUndefined();
    expect(begunEmoji(':sm ile', 7)).toBeUndefined();
  });
});

describe('often used', () => {
  const stored = new Map<string, string>();
  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are the usual ones at first, then those used most, the last of equals first', () => {
    const mine = new Favourites('ada');
    const usual = mine.first();
    expect(usual).toContain('👍');
    ['🦊', '🐳', '🐳', '🐙'].forEach((emoji) => mine.used(emoji));
    expect(mine.first().slice(0, 3)).toEqual(['🐳', '🐙', '🦊']);
    expect(mine.first()).toHaveLength(usual.length);
    expect(new Favourites('ben').first()).toEqual(usual);
  });

  it('are not too many, whatever is used', () => {
    const mine = new Favourites('ada');
    all.forEach(({ emoji }) => mine.used(emoji));
    expect(mine.first().length).toBeLessThanOrEqual(16);
    expect((JSON.parse(stored.get('parley.emoji.ada')!) as unknown[]).length).toBe(60);
  });
});

describe('comparing names', () => {
  it('knows no accents and no capitals, and prefers beginnings', () => {
    expect(folded('  Élodie Ångström ')).toBe('elodie angstrom');
    expect(fit('tea', 'tea')).toBe(0);
    expect(fit('tea room', 'tea')).toBe(1);
    expect(fit('the tea room', 'tea')).toBe(2);
    expect(fit('instead', 'tea')).toBe(3);
    expect(fit('coffee', 'tea')).toBeUndefined();
  });
});

describe('arrow keys in a grid', () => {
  /** Lines of three, the last of the first group with one only. */
  const stops = [
    [0, 0],
    [10, 0],
    [20, 0],
    [0, 30],
    [0, 60],
    [10, 60],
    [20, 60],
  ].map(([left = 0, top = 0]) => ({ getBoundingClientRect: () => ({ left, top }) }));
  const go = (here: number, key: string) => {
    vi.stubGlobal('document', { dir: 'ltr' });
    const next = beside(stops, here, key);
    vi.unstubAllGlobals();
    return typeof next === 'object' ? stops.indexOf(next) : next;
  };

  it('lead to the neighbour that one sees, and out above', () => {
    expect(go(0, 'ArrowRight')).toBe(1);
    expect(go(0, 'ArrowLeft')).toBeUndefined();
    expect(go(2, 'ArrowDown')).toBe(3);
    expect(go(3, 'ArrowDown')).toBe(4);
    expect(go(6, 'ArrowUp')).toBe(3);
    expect(go(3, 'ArrowUp')).toBe(0);
    expect(go(1, 'ArrowUp')).toBe('above');
    expect(go(5, 'ArrowDown')).toBeUndefined();
    expect(go(5, 'x')).toBeUndefined();
  });
});
