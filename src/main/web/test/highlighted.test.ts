import { describe, expect, it } from 'vitest';
import { pieces } from '../src/views/search/Highlighted';

const told = (text: string, ...ranges: [number, number][]) =>
  pieces(
    text,
    ranges.map(([start, end]) => ({ start, end })),
  ).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text));

describe('what was looked for', () => {
  it('is marked where it stands', () => {
    expect(told('green tea, tea', [6, 9], [11, 14])).toEqual(['green ', '[tea]', ', ', '[tea]']);
    expect(told('tea', [0, 3])).toEqual(['[tea]']);
    expect(told('tea')).toEqual(['tea']);
  });

  it('is shown with what is around it, however long the message is', () => {
    const long = `${'a'.repeat(1_000)} tea ${'b'.repeat(1_000)}`;
    const shown = told(long, [1_001, 1_004]);
    expect(shown[0]).toBe('…');
    expect(shown).toContain('[tea]');
    expect(shown.at(-1)).toBe('…');
    expect(shown.join('').length).toBeLessThan(300);
  });

  it('never leaves half a character', () => {
    const text = `${'😀'.repeat(100)}tea`;
    for (let more = 0; more < 4; more++) {
      const shown = told('x'.repeat(more) + text, [200 + more, 203 + more]).join('');
      expect(/\p{Surrogate}/u.test(shown)).toBe(false);
      expect(shown).toContain('[tea]');
    }
  });
});
